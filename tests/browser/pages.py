"""The public pages and states that every check of the screen walks; slices add theirs."""

PUBLIC_PAGES = (
    "/",
    "/kaart/",
    "/kaart/?gebied=meer",
    "/kaart/?locatie=ldc-en-bibliotheek-meerle",
    "/kaart/?lagen=&dienst=bibliotheek",
    "/gebieden/",
    "/gebieden/meer/",
    "/gebieden/meersel-dreef/",
    "/werklocaties/",
    "/werklocaties/ldc-en-bibliotheek-meerle/",
    "/zoeken/",
    "/zoeken/?q=bibliotheek",
    "/zoeken/?q=zzzzqqq",
    "/privacy/",
    "/toegankelijkheid/",
    "/open-data/",
    "/stijl/",
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
)
# What only staff sees, as the administrator of the demo.
STAFF_PAGES = (
    "/mijn/",
    "/mijn/verwijderen/",
    "/account/rollen/",
    "/account/rollen/geven/",
    "/account/uitnodigen/",
    "/account/2fa/",
    "/gebieden/grenzen/",
    "/gebieden/adressen/",
    "/werklocaties/ldc-en-bibliotheek-meerle/",
    "/werklocaties/ldc-en-bibliotheek-meerle/bewerken/",
    "/werklocaties/ldc-en-bibliotheek-meerle/bewerken/uren/",
    "/werklocaties/ldc-en-bibliotheek-meerle/bewerken/diensten/",
    "/werklocaties/ldc-en-bibliotheek-meerle/bewerken/plaats/",
    "/werklocaties/nieuw/",
    "/werklocaties/import/",
    "/werklocaties/kwaliteit/",
)
MISSING_PAGE = "/gebieden/bestaat-niet/"
