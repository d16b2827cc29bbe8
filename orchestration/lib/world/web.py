"""Web events: what happens inside each session, from the landing page to the last form."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from .arrays import NEVER, draw, expand, mix
from .commerce import PRODUCTS_PER_CATEGORY
from .pages import (
    CART_PAGE,
    CHECKOUT_PAGE,
    CONTACT_PAGE,
    DEMO_PAGE,
    FIRST_PRODUCT_PAGE,
    GUIDE_PAGE,
    THANKS_PAGE,
    WEBINAR_PAGE,
    pages_for,
)  # fmt: skip
from .people import People
from .visits import (
    BUY,
    CART,
    CHECKOUT,
    DEMO,
    EVALUATE,
    INTENTS,
    OFFICE,
    PORTAL,
    PRICE,
    SHOP,
    Sessions,
    session_numbers,
)  # fmt: skip

NAMES = (
    "page_view", "product_viewed", "form_submit", "identify", "download", "video_played",
    "chat_started", "product_added_to_cart", "checkout_started", "checkout_completed", "search",
)  # fmt: skip
VIEW, PRODUCT, FORM, IDENTIFY, DOWNLOAD, VIDEO, CHAT, ADD, BEGIN, COMPLETE, SEARCH = range(11)
OWN_TOUCHPOINTS = (PRODUCT, FORM, DOWNLOAD, VIDEO, CHAT, ADD, BEGIN, COMPLETE)
FORMS = ("demo_request", "contact", "guide", "newsletter", "webinar")


@dataclass(frozen=True)
class Events:
    """One element per web event, ordered by session and time. `session` is a position in
    Sessions, `page` in PAGE_URLS, `product` in PRODUCTS, `form` in FORMS (NEVER if none)."""

    session: np.ndarray
    at: np.ndarray
    name: np.ndarray
    page: np.ndarray
    product: np.ndarray
    form: np.ndarray
    engaged: np.ndarray
    has_email: np.ndarray
    has_user: np.ndarray

    def __len__(self) -> int:
        return len(self.session)

    def plus(self, other: Events, *, offset: int) -> Events:
        """These events and then the others, whose sessions start at position `offset`."""
        names = [field.name for field in fields(self)]
        columns = {name: np.r_[getattr(self, name), getattr(other, name)] for name in names}
        columns["session"] = np.r_[self.session, other.session + offset]
        return Events(**columns)

    @property
    def is_landing(self) -> np.ndarray:
        return np.r_[True, self.session[1:] != self.session[:-1]][: len(self)]


def make_events(sessions: Sessions, people: People, rng: np.random.Generator) -> Events:
    """All events of all sessions."""
    shop = np.isin(sessions.intent, (SHOP, CART, CHECKOUT, BUY))
    counts = rng.geometric(np.where(shop, 0.2, 0.25), len(sessions)).clip(1, 25)
    session, place = expand(counts)
    waits = np.exp(rng.normal(3.6, 0.9, len(session))).astype(int).clip(4, 1500)
    reached = np.cumsum(waits) - waits
    at = sessions.start[session] + reached - reached[np.cumsum(counts) - counts][session]
    page, product = _pages_seen(sessions, people, session, place, shop, rng)
    views = _table(session, at, VIEW, page, engaged=waits)
    seen = np.flatnonzero(product >= 0)
    viewed = _table(session[seen], at[seen] + 1, PRODUCT, page[seen], product=product[seen])
    last = at[np.cumsum(counts) - 1] + waits[np.cumsum(counts) - 1]
    basket = _basket(sessions, people, session, product, rng)
    parts = [views, viewed, *_acts(sessions, people, last, basket, rng)]
    columns = [np.concatenate([part[n] for part in parts]) for n in range(len(parts[0]))]
    order = np.lexsort((columns[2], columns[1], columns[0]))
    events = Events(*(column[order] for column in columns))
    return _with_log_ins(events, sessions, people, rng)


def _table(
    session: np.ndarray, at: np.ndarray, name: int, page: np.ndarray | int,
    *, product: np.ndarray | int = NEVER, form: np.ndarray | int = NEVER,
    engaged: np.ndarray | int = 0, email: np.ndarray | bool = False,
    user: np.ndarray | bool = False,
) -> tuple[np.ndarray, ...]:  # fmt: skip
    """Columns in the order of Events, single values repeated."""
    rest = (name, page, product, form, engaged, email, user)
    return session, at, *(np.broadcast_to(value, len(session)) for value in rest)


def _pages_seen(
    sessions: Sessions, people: People, session: np.ndarray, place: np.ndarray,
    shop: np.ndarray, rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Page and product of each view; in the shop most views are products of a favoured kind."""
    page = pages_for(INTENTS, sessions.intent[session], rng.random(len(session)))
    favourite = people.number[sessions.person[session]] * 7 % PRODUCTS_PER_CATEGORY
    category = np.where(
        rng.random(len(session)) < 0.65, favourite, rng.integers(0, 8, len(session))
    )
    product = category * PRODUCTS_PER_CATEGORY + rng.integers(0, 4, len(session))
    is_product = shop[session] & (rng.random(len(session)) < np.where(place == 0, 0.35, 0.6))
    product = np.where(is_product, product, NEVER)
    return np.where(is_product, FIRST_PRODUCT_PAGE + product, page), product


def _basket(
    sessions: Sessions, people: People, session: np.ndarray, product: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:  # fmt: skip
    """The product each session would put into the cart: the last one seen, else a favoured one."""
    basket = people.number[sessions.person] * 7 % 8 * PRODUCTS_PER_CATEGORY
    basket = basket + rng.integers(0, 4, len(basket))
    seen = product >= 0
    basket[session[seen]] = product[seen]
    return basket


def _acts(
    sessions: Sessions, people: People, last: np.ndarray, basket: np.ndarray,
    rng: np.random.Generator,
) -> list[tuple[np.ndarray, ...]]:  # fmt: skip
    """Forms, log-ins, downloads, chats, carts and checkouts at the end of sessions."""
    intent, count = sessions.intent, len(sessions)
    shop = np.isin(intent, (SHOP, CART, CHECKOUT, BUY))
    signs = sessions.identifies & ~shop & (intent != PORTAL)
    knows = (people.known[sessions.person] >= 0) & (people.known[sessions.person] < sessions.start)
    signs |= knows & (intent == DEMO) & (sessions.device != OFFICE)
    form = np.where(intent == DEMO, 0, np.where(intent == PRICE, 1, 2))
    form = np.where((intent == EVALUATE) | (form < 2), form, 3)
    listens = mix(session_numbers(sessions, people), salt=45) % np.uint64(3) == 0
    form = np.where((form == 3) & listens, 4, form)
    form_page = np.array([DEMO_PAGE, CONTACT_PAGE, GUIDE_PAGE, 0, WEBINAR_PAGE])[form]
    enters = sessions.identifies & (shop | (intent == PORTAL))
    user = people.logs_in[sessions.person] & (sessions.device != OFFICE)
    dice = rng.random((3, count))
    reads = ~shop & (intent == EVALUATE) & (dice[0] < 0.08) | (signs & (form == 2))
    rows = (
        (signs, 0, FORM, form_page, {"form": form, "email": True}),
        (enters | (signs & user), 4, IDENTIFY, np.zeros(count, int) + form_page,
         {"email": True, "user": user}),
        (reads, 6, DOWNLOAD, GUIDE_PAGE, {}),
        (~shop & (intent == EVALUATE) & (dice[1] > 0.92), -2, VIDEO, GUIDE_PAGE, {}),
        (((intent == PRICE) & (dice[2] < 0.08)) | (shop & (dice[2] < 0.02)), 8, CHAT, CONTACT_PAGE,
         {}),
        (shop & (dice[0] < 0.08), -1, SEARCH, CART_PAGE, {}),
        (np.isin(intent, (CART, CHECKOUT, BUY)), 10, ADD, CART_PAGE, {"product": basket}),
        (np.isin(intent, (CHECKOUT, BUY)), 40, BEGIN, CHECKOUT_PAGE, {}),
        (intent == BUY, 95, COMPLETE, THANKS_PAGE, {}),
    )  # fmt: skip
    return [_act(last, *row) for row in rows]


def _act(
    last: np.ndarray, happens: np.ndarray, delay: int, name: int, page: np.ndarray | int,
    details: dict,
) -> tuple[np.ndarray, ...]:  # fmt: skip
    """One kind of act, in the sessions where it happens, some seconds after the last page."""
    rows = np.flatnonzero(happens)
    chosen = {
        key: value[rows] if isinstance(value, np.ndarray) else value
        for key, value in details.items()
    }
    where_seen = page[rows] if isinstance(page, np.ndarray) else page
    return _table(rows, last[rows] + delay, name, where_seen, **chosen)


def known_at(events: Events, sessions: Sessions, people: People) -> np.ndarray:
    """When each person first left an address or logged in, NEVER for those who did not."""
    known = np.full(len(people), np.iinfo(np.int64).max)
    rows = events.has_email
    np.minimum.at(known, sessions.person[events.session[rows]], events.at[rows])
    return np.where(known == np.iinfo(np.int64).max, NEVER, known)


def _with_log_ins(
    events: Events, sessions: Sessions, people: People, rng: np.random.Generator
) -> Events:
    """Events of later sessions carry the user id while the person stays logged in."""
    person = sessions.person
    known = people.known[person]
    stays = people.logs_in[person] & (known >= 0) & (sessions.start > known)
    stays &= (sessions.device != OFFICE) & (draw(rng, (0.4, 0.6), len(sessions)) == 1)
    columns = {field.name: getattr(events, field.name) for field in fields(events)}
    columns["has_user"] = events.has_user | stays[events.session]
    return Events(**columns)


def is_app_only(people: People, sessions: Sessions, events: Events) -> np.ndarray:
    """Sessions of logged-in persons in the app, which sends a user id but no device id."""
    landing = np.flatnonzero(events.is_landing)
    logged_in = events.has_user[landing] & ~sessions.identifies
    return logged_in & (mix(session_numbers(sessions, people), salt=44) % np.uint64(20) == 0)
