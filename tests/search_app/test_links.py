"""Links: the addresses of the service."""

from search_app.links import Links
from search_app.params import SearchParams


def test_a_search_without_anything_is_not_the_home_page() -> None:
    """Browsing everything has an address of its own: `/` alone is the home page."""
    assert Links().search(SearchParams()) == "/?q="
    assert Links().home() == "/"


def test_links_stay_below_the_prefix_of_a_proxy() -> None:
    """Where the service is mounted below a path, every address is."""
    links = Links("/zenrei")
    params = SearchParams(q="消防")
    paths = [links.search(params), links.entry("a1", params), links.api_search(params), links.api_entry("a1")]
    paths += [links.selection(["a1"]), links.comparison(["a1"]), links.selection_export("csv", ["a1"])]
    paths += [links.search_export("csv", params), links.feed(params)]
    paths += [links.area("342076"), links.place("34"), links.overview(), links.sitemap(), links.opensearch()]
    assert all(path.startswith("/zenrei/") for path in paths)


def test_the_id_of_an_entry_cannot_change_the_path() -> None:
    """What is not a plain id is quoted, so that it stays one part of the path."""
    assert Links().entry("../a?b#c") == "/entries/..%2Fa%3Fb%23c"


def test_an_entry_remembers_the_search_that_found_it() -> None:
    """The address of an entry carries the words and the filters, for the way back."""
    assert Links().entry("a1", SearchParams(q="x", year=("2025",), page=2)) == "/entries/a1?q=x&year=2025&page=2"


def test_ids_stand_in_one_parameter_and_cannot_add_another() -> None:
    """A selection is short enough to send, and what is not a plain id is quoted."""
    assert Links().selection(["a1", "b&c,d"]) == "/selection?ids=a1,b%26c%2Cd"


def test_a_feed_has_one_address_whatever_page_led_to_it() -> None:
    """Order, view, page and size are not part of what is subscribed to."""
    params = SearchParams(q="x", year=("2025",), sort="oldest", view="table", page=3, per_page=50)
    assert Links().feed(params) == "/feed.atom?q=x&year=2025"
