"""The two web sites of the world: their pages, by what a visitor has in mind, and user agents."""

from __future__ import annotations

import numpy as np

from .channels import B2B_SITE, SHOP_SITE
from .commerce import CATEGORIES, PRODUCTS, PRODUCTS_PER_CATEGORY

_TOPICS = ("planning", "inventory", "forecasting", "suppliers", "returns", "pricing-science")
_PATHS: dict[str, tuple[str, ...]] = {
    "read": ("/", "/about", *(f"/blog/{topic}-in-practice" for topic in _TOPICS),
             "/webinars/spring-forum", "/podcast/episode-12"),
    "evaluate": (*(f"/case-studies/{topic}" for topic in _TOPICS), "/compare/spreadsheets",
                 "/compare/oldsuite", "/product/planning", "/product/inventory",
                 "/resources/buyers-guide", "/docs/getting-started"),
    "price": ("/pricing", "/pricing/enterprise", "/faq", "/product/planning"),
    "demo": ("/demo", "/pricing", "/contact", "/security"),
    "portal": ("/portal/reports", "/portal/tickets", "/help/import", "/help/users",
               "/portal/home"),
    "shop": ("/", *(f"/c/{category}" for category in CATEGORIES), "/stories", "/shipping"),
    "careers": ("/careers", "/careers/engineer", "/about"),
}  # fmt: skip
_SHOP = ("shop",)
PAGE_URLS = tuple(
    (SHOP_SITE if intent in _SHOP else B2B_SITE) + path
    for intent, paths in _PATHS.items() for path in paths
) + tuple(
    f"{SHOP_SITE}/p/{CATEGORIES[n // PRODUCTS_PER_CATEGORY]}/{name.lower().replace(' ', '-')}"
    for n, name in enumerate(PRODUCTS)
) + (f"{SHOP_SITE}/cart", f"{SHOP_SITE}/checkout", f"{SHOP_SITE}/thank-you")  # fmt: skip
PAGE_TITLES = tuple(
    url.rstrip("/").split("/")[-1].replace("-", " ").replace("www.northlight demo.com", "home")
    .replace("shop.northlight demo.com", "shop").capitalize()
    for url in PAGE_URLS
)  # fmt: skip
FIRST_PRODUCT_PAGE = sum(map(len, _PATHS.values()))
CART_PAGE = FIRST_PRODUCT_PAGE + len(PRODUCTS)
CHECKOUT_PAGE, THANKS_PAGE = CART_PAGE + 1, CART_PAGE + 2
DEMO_PAGE = PAGE_URLS.index(f"{B2B_SITE}/demo")
GUIDE_PAGE = PAGE_URLS.index(f"{B2B_SITE}/resources/buyers-guide")
WEBINAR_PAGE = PAGE_URLS.index(f"{B2B_SITE}/webinars/spring-forum")
CONTACT_PAGE = PAGE_URLS.index(f"{B2B_SITE}/contact")

AGENTS = (
    ("desktop", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
     " Chrome/126.0.0.0 Safari/537.36"),
    ("desktop", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15"
     " (KHTML, like Gecko) Version/17.5 Safari/605.1.15"),
    ("mobile", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
     " (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"),
    ("mobile", "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)"
     " Chrome/126.0.0.0 Mobile Safari/537.36"),
    ("desktop", "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"),
)  # fmt: skip
BOT_AGENTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2;"
    " +https://openai.com/gptbot)",
    "python-requests/2.32.3",
    "Go-http-client/2.0",
    "AdsBot-Google (+http://www.google.com/adsbot.html)",
)


def pages_for(intents: tuple[str, ...], intent: np.ndarray, draws: np.ndarray) -> np.ndarray:
    """A page that fits each row's intent, chosen by a number in [0, 1)."""
    names = list(_PATHS)
    starts = np.cumsum([0, *map(len, _PATHS.values())])
    place = np.array([names.index(name if name in names else "shop") for name in intents])[intent]
    return starts[place] + (draws * np.diff(starts)[place]).astype(int)
