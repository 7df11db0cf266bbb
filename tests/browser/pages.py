"""The public pages and states that every check of the screen walks; slices add theirs."""

PUBLIC_PAGES = (
    "/",
    "/kaart/",
    "/kaart/?gebied=meer",
    "/kaart/?locatie=ldc-en-bibliotheek-meerle",
    "/kaart/?lagen=&dienst=bibliotheek",
    "/gebieden/",
    "/gebieden/meer/",
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
MISSING_PAGE = "/gebieden/bestaat-niet/"
