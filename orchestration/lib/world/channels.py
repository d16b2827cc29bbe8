"""How visitors arrive: the channels, their campaigns, and what each leaves in the landing URL."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .arrays import draw, mix

B2B_SITE = "https://www.northlight-demo.com"
SHOP_SITE = "https://shop.northlight-demo.com"


@dataclass(frozen=True)
class Way:
    """One way to arrive. `channel` is the true channel; `in_columns` sends the UTM parameters as
    columns of the event instead of in its URL, as server-side tagging does; `ad` is the campaign
    of a click whose URL names none, which only the platform's own list of clicks tells."""

    channel: str
    source: str | None = None
    medium: str | None = None
    campaign: str | None = None
    click_id: str | None = None
    referrer: str | None = None
    b2b: float = 0.0
    b2c: float = 0.0
    in_columns: bool = False
    ad: str | None = None

    @property
    def clicked_campaign(self) -> str | None:
        """The paid campaign whose click id the landing URL carries; None without one."""
        tagged = self.campaign if self.medium in PAID_MEDIUMS else None
        return (self.ad or tagged) if self.click_id else None


PAID_MEDIUMS = ("cpc", "paid_social")
GOOGLE, BING = "https://www.google.com/", "https://www.bing.com/"
WAYS = (
    Way("direct", b2b=16, b2c=14),
    Way("organic_search", referrer=GOOGLE, b2b=18, b2c=12),
    Way("organic_search", referrer="https://duckduckgo.com/", b2b=3, b2c=2),
    Way("paid_search", "google", "cpc", "g-brand", "gclid", GOOGLE, b2b=6, b2c=6),
    Way("paid_search", "google", "cpc", "g-generic", "gclid", GOOGLE, b2b=5, b2c=5),
    Way("paid_search", click_id="gclid", referrer=GOOGLE, b2b=4, b2c=4, ad="g-generic"),
    Way("paid_search", "bing", "cpc", "b-generic", "msclkid", BING, b2b=2, b2c=2),
    Way("paid_social", "linkedin", "paid_social", "li-decision", "li_fat_id",
        "https://www.linkedin.com/", b2b=9, b2c=1),
    Way("paid_social", "facebook", "paid_social", "fb-retarget", "fbclid",
        "https://l.facebook.com/", b2b=1, b2c=8),
    Way("organic_social", referrer="https://www.linkedin.com/", b2b=5, b2c=1),
    Way("organic_social", click_id="fbclid", referrer="https://l.facebook.com/", b2b=1, b2c=5),
    Way("organic_video", referrer="https://www.youtube.com/", b2b=2, b2c=3),
    Way("paid_video", "youtube", "cpv", "yt-stories", referrer="https://www.youtube.com/",
        b2b=1, b2c=2),
    Way("referral", referrer="https://blog.partnerland-demo.com/best-tools", b2b=5, b2c=4),
    Way("referral", "partnerland", "referral", referrer="https://blog.partnerland-demo.com/",
        b2b=2, b2c=2),
    Way("display", "gdn", "display", "d-reach", referrer="https://news.dailyline-demo.com/",
        b2b=3, b2c=4, in_columns=True),
    Way("ai_assistant", "chatgpt.com", referrer="https://chatgpt.com/", b2b=3, b2c=2),
    Way("ai_assistant", referrer="https://www.perplexity.ai/", b2b=2, b2c=1),
    Way("affiliates", "dealhunter", "affiliate", "coupon", "irclickid",
        "https://www.dealhunter-demo.com/", b2c=6, in_columns=True),
    Way("paid_shopping", "google", "cpc", "shopping-all", "gclid", GOOGLE, b2c=7),
    Way("cross_network", "google", "cpc", "cross-network-pmax", "gclid", GOOGLE, b2b=1, b2c=4),
    Way("sms", "sms-tool", "sms", "flash-sms", b2c=2),
    Way("audio", "growthcast", "audio", "podcast-spring", b2b=2, b2c=1),
    Way("display", click_id="gclid", referrer="https://news.dailyline-demo.com/", ad="d-reach"),
    Way("paid_shopping", click_id="gclid", referrer=GOOGLE, ad="shopping-all"),
    Way("paid_social", click_id="fbclid", referrer="https://l.facebook.com/", ad="fb-retarget"),
)  # fmt: skip
EMAIL_WAY = len(WAYS)
_TAGGED_BY_GOOGLE = next(n for n, way in enumerate(WAYS) if way.ad)
_TAGGED_BY_META = next(
    n for n, way in enumerate(WAYS) if way.click_id == "fbclid" and not way.medium
)
CHANNELS = (*(way.channel for way in WAYS), "email")


@dataclass(frozen=True)
class Campaign:
    """One paid campaign as its platform reports it; cost per click in cents."""

    campaign_id: str
    name: str
    platform: str
    kind: str
    currency: str
    cost_per_click: int
    clicks_a_day: float
    click_rate: float
    adgroups: tuple[str, ...] = field(default=("all",))


CAMPAIGNS = (
    Campaign("g-brand", "Brand search", "google_ads", "search", "EUR", 60, 14, 0.11),
    Campaign("g-generic", "Generic search", "google_ads", "search", "EUR", 310, 11, 0.035,
             ("planning", "inventory")),
    Campaign("shopping-all", "Shopping, all goods", "google_ads", "shopping", "EUR", 45, 22, 0.012),
    Campaign("cross-network-pmax", "Performance max", "google_ads", "other", "EUR", 55, 18, 0.01),
    Campaign("d-reach", "Display reach", "google_ads", "display", "EUR", 35, 9, 0.004),
    Campaign("yt-stories", "Customer stories", "google_ads", "video", "EUR", 20, 6, 0.006),
    Campaign("b-generic", "Bing generic", "microsoft_ads", "search", "USD", 190, 4, 0.03),
    Campaign("li-decision", "Decision makers", "linkedin_ads", "social", "EUR", 780, 6, 0.005,
             ("operations", "finance")),
    Campaign("fb-retarget", "Retargeting", "meta_ads", "social", "GBP", 75, 15, 0.013,
             ("viewers", "carts")),
)  # fmt: skip


def as_platforms_know(way: np.ndarray, number: np.ndarray) -> np.ndarray:
    """The ways of some sessions exchanged for twins whose URLs look the same: clicks with nothing
    but an id, which belong to other campaigns than they seem to."""
    dice = mix(number, salt=46) % np.uint64(10)
    display, shopping, social = range(EMAIL_WAY - 3, EMAIL_WAY)
    shown = np.where((way == _TAGGED_BY_GOOGLE) & (dice < 2), display, way)
    sold = np.where((way == _TAGGED_BY_GOOGLE) & (dice > 7), shopping, shown)
    return np.where((way == _TAGGED_BY_META) & (dice < 3), social, sold)


def palettes(is_b2b: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Three ways per account, the first used most; many accounts know but one or two.

    Returns an int array (accounts, 3) of positions in WAYS.
    """
    count = len(is_b2b)
    weights = ([way.b2b for way in WAYS], [way.b2c for way in WAYS])
    drawn = [
        np.where(is_b2b, draw(rng, weights[0], count), draw(rng, weights[1], count))
        for _ in range(3)
    ]
    width = draw(rng, (0.72, 0.22, 0.06), count)
    second = np.where(width >= 1, drawn[1], drawn[0])
    third = np.where(width >= 2, drawn[2], drawn[0])
    return np.stack([drawn[0], second, third], axis=1)
