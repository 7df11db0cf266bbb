"""The doors of the start, the map, the search and the statements."""

from tests.doors import EVERYONE, Door

DOORS: dict[str, list[Door]] = {
    "": [Door("/", EVERYONE, more_queries=1, more_for_staff=2)],
    "agenda.ics": [Door("/agenda.ics", EVERYONE)],
    "nieuws.rss": [Door("/nieuws.rss", EVERYONE)],
    # Each layer with more things than are drawn asks how many there are, and in the panel of an area for those that lie there.
    "kaart/": [
        Door("/kaart/", EVERYONE, more_queries=1, more_when_full=3),
        Door("/kaart/?kies=wijk:bergen&cijfer=inwoners", EVERYONE, more_queries=6, more_when_full=5),
    ],
    "kaart/vergelijken/": [Door("/kaart/vergelijken/", EVERYONE)],
    "kaart/paneel/": [
        Door("/kaart/paneel/?kies=wijk:bergen&cijfer=inwoners", EVERYONE, more_queries=6, more_when_full=5),
        Door(
            "/kaart/paneel/?kies=werklocaties:bib&cijfer=inwoners", EVERYONE, more_queries=2, more_when_full=3
        ),
    ],
    "zoeken/": [
        Door("/zoeken/?q=bergen", EVERYONE, more_queries=2, more_for_staff=1),
        Door("/zoeken/?q=plek", EVERYONE, more_queries=2, more_for_staff=1),
    ],
    "zoeken/suggesties/": [
        Door("/zoeken/suggesties/?q=ber", EVERYONE, more_queries=2, more_for_staff=1),
        Door("/zoeken/suggesties/?q=plek", EVERYONE, more_queries=2, more_for_staff=1),
    ],
    "privacy/": [Door("/privacy/", EVERYONE)],
    "toegankelijkheid/": [Door("/toegankelijkheid/", EVERYONE)],
    "open-data/": [Door("/open-data/", EVERYONE)],
    "stijl/": [Door("/stijl/", EVERYONE)],
}

SCREENS = {
    "public": (
        "/",
        "/kaart/",
        "/kaart/?kies=wijk:meer",
        "/kaart/?kies=werklocaties:ldc-en-bibliotheek-meerle",
        "/kaart/?lagen=&dienst=bibliotheek",
        "/kaart/?cijfer=inwoners&kies=wijk:meer",
        "/kaart/vergelijken/?links=inwoners@2016&rechts=inwoners@2025",
        "/zoeken/",
        "/zoeken/?q=bibliotheek",
        "/zoeken/?q=zzzzqqq",
        "/privacy/",
        "/toegankelijkheid/",
        "/open-data/",
        "/stijl/",
    ),
}
