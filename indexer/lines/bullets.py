"""The signs that begin an item of a list in official documents: what layouts cut at and the entry page lists by."""

from __future__ import annotations

BULLETS = "・●○◎■□◆◇▶▷►▼▽▲△⇒→➤➢※*＊•●‣∙"
