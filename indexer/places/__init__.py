"""Places: names in; municipalities, prefectures, 地方 and areas (圏域) out.

`gazetteer` holds the tables and looks up a name, `mentions` finds names in a text and resolves them.
"""

from indexer.places.gazetteer import (
    BLOCKS,
    PREFECTURES,
    Area,
    Municipality,
    area_region,
    areas,
    block_of,
    find_area,
    in_jis_order,
    is_municipality,
    is_prefecture,
    municipalities,
    municipality_called,
    municipality_of_code,
    name_key,
    prefecture_readings,
    read_members,
)
from indexer.places.mentions import (
    Mention,
    Places,
    find_municipalities,
    find_prefectures,
    listed_municipalities,
    named_municipalities,
)

__all__ = [
    "BLOCKS",
    "PREFECTURES",
    "Area",
    "Mention",
    "Municipality",
    "Places",
    "area_region",
    "areas",
    "block_of",
    "find_area",
    "find_municipalities",
    "find_prefectures",
    "in_jis_order",
    "is_municipality",
    "is_prefecture",
    "listed_municipalities",
    "municipalities",
    "municipality_called",
    "municipality_of_code",
    "name_key",
    "named_municipalities",
    "prefecture_readings",
    "read_members",
]
