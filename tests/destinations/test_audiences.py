"""Ad audiences leave as hashed files: each platform's own hash, never an address in clear."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.lib.destinations.audiences import AudienceDestination
from orchestration.lib.destinations.contract import (
    Change,
    DestinationError,
    DestinationRow,
    UnreadableError,
)
from orchestration.lib.destinations.hashing import PLATFORMS

KINDS = tuple(PLATFORMS)
# test vectors that Meta publishes
JOHN = "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f"
MARY = "6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec"
PHONE = "e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176"
HOSTILE = [
    '"o\'neil, jr"@acme-demo.com',
    "ana+news@acme-demo.com",
    "анна@пример-demo.com",
    f"{'a' * 300}@acme-demo.example.com",
    "=cmd|'/c_calc'!a1@acme-demo.com",
    "robert'); drop table people;--@acme-demo.com".replace(" ", ""),
    "\u202emoc.omed@acme-demo.com",
]


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def audience(home: Path, kind: str = "meta_audience") -> AudienceDestination:
    row = DestinationRow(destination="ads", kind=kind)
    return AudienceDestination(row, outbox=home / "outbox", memory=home / "state" / "audiences")


def change(person_id: str, email: str, operation: str = "add", /, **fields: str | None) -> Change:
    key = f"{person_id}|{operation}|{email}|{sorted(fields.items())}"
    return Change(
        person_id=person_id, operation=operation, email=email, idempotency_key=key, fields=fields
    )  # fmt: skip


def told(home: Path, number: int, part: str) -> list[dict[str, str]]:
    path = home / "outbox" / "ads" / "ads_all" / f"{number:06d}.{part}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("kind", "column", "value", "normalised"),
    [
        ("google_audience", "Email", " John.Smith@Gmail.com ", "johnsmith@gmail.com"),
        ("google_audience", "Email", "john.smith+x@googlemail.com", "johnsmith+x@googlemail.com"),
        ("google_audience", "Email", "John.Smith@acme-demo.com", "john.smith@acme-demo.com"),
        ("google_audience", "Phone", "+1 650-555-1212", "+16505551212"),
        ("google_audience", "Phone", "0049 171 1234567", "+491711234567"),
        ("google_audience", "First Name", "  Mary  Ann ", "mary ann"),
        ("meta_audience", "email", " John.Smith@Gmail.com ", "john.smith@gmail.com"),
        ("meta_audience", "phone", "+1 (650) 555-1212", "16505551212"),
        ("meta_audience", "fn", "Jean-Luc", "jeanluc"),
        ("meta_audience", "ln", "Müller ", "müller"),
        ("meta_audience", "ct", "New York", "newyork"),
        ("meta_audience", "country", "DE", "de"),
        ("meta_audience", "dob", "1980-02-03", "19800203"),
        ("linkedin_audience", "email", " John.Smith@Gmail.com ", "john.smith@gmail.com"),
    ],
)
def test_each_platform_normalises_in_its_own_way(
    kind: str, column: str, value: str, normalised: str
) -> None:
    assert PLATFORMS[kind].cell(column, value) == sha(normalised)


def test_the_published_vectors_come_out() -> None:
    meta = PLATFORMS["meta_audience"]
    assert meta.cell("email", "John_Smith@gmail.com ") == JOHN
    assert meta.cell("phone", "+1 650 555 1212") == PHONE
    assert meta.cell("phone", "16505551212") == PHONE
    assert meta.cell("fn", "Mary") == MARY
    assert PLATFORMS["google_audience"].cell("Phone", "+16505551212") != PHONE


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_hashed_before_passes_through(kind: str) -> None:
    platform = PLATFORMS[kind]
    assert platform.cell(platform.email, JOHN.upper()) == JOHN


@pytest.mark.parametrize("phone", ["0171 1234567", "123", "+0", "", "call me", "9" * 20])
def test_a_phone_without_a_country_code_is_left_empty(phone: str) -> None:
    assert PLATFORMS["meta_audience"].cell("phone", phone) == ""
    assert PLATFORMS["google_audience"].cell("Phone", phone) == ""


def test_full_list_adds_and_removes_lie_beside_each_other(tmp_path: Path) -> None:
    ads = audience(tmp_path)
    first = ads.send("ads_all", [change("p1", "a@x-demo.com"), change("p2", "b@x-demo.com")])
    assert [answer.state for answer in first] == ["accepted", "accepted"]
    assert first[0].remote_id == sha("a@x-demo.com")
    ads.send("ads_all", [change("p2", "b@x-demo.com", "remove"), change("p3", "c@x-demo.com")])
    assert [row["email"] for row in told(tmp_path, 2, "full")] == sorted(
        [sha("a@x-demo.com"), sha("c@x-demo.com")]
    )
    assert [row["email"] for row in told(tmp_path, 2, "adds")] == [sha("c@x-demo.com")]
    assert [row["email"] for row in told(tmp_path, 2, "removes")] == [sha("b@x-demo.com")]
    folder = tmp_path / "outbox" / "ads" / "ads_all"
    manifest = json.loads((folder / "000002.manifest.json").read_text())
    for name, facts in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == facts["sha256"]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert len(list((tmp_path / "state").rglob("*.csv"))) == 1


def test_the_same_changes_again_write_nothing(tmp_path: Path) -> None:
    changes = [change("p1", "a@x-demo.com", fn="Ana")]
    audience(tmp_path).send("ads_all", changes)
    again = audience(tmp_path).send("ads_all", changes)
    assert [answer.state for answer in again] == ["accepted"]
    assert not (tmp_path / "outbox" / "ads" / "ads_all" / "000002.full.csv").exists()


def test_an_update_keeps_the_other_cells(tmp_path: Path) -> None:
    ads = audience(tmp_path)
    ads.send("ads_all", [change("p1", "a@x-demo.com", fn="Mary", ct="Paris")])
    ads.send("ads_all", [change("p1", "new@x-demo.com", "update", ct=None)])
    (row,) = told(tmp_path, 2, "full")
    assert (row["fn"], row["ct"], row["email"]) == (MARY, "", sha("new@x-demo.com"))
    assert [row["email"] for row in told(tmp_path, 2, "removes")] == [sha("a@x-demo.com")]


def test_two_people_with_one_hash_leave_when_both_left(tmp_path: Path) -> None:
    ads = audience(tmp_path, "google_audience")
    ads.send("ads_all", [change("p1", "a.b@gmail.com"), change("p2", "ab@gmail.com")])
    assert len(told(tmp_path, 1, "full")) == 1
    ads.send("ads_all", [change("p1", "a.b@gmail.com", "remove")])
    assert told(tmp_path, 2, "removes") == []
    assert set(ads.read("ads_all", ["a.b@gmail.com", "z@gmail.com"])) == {"a.b@gmail.com"}
    ads.send("ads_all", [change("p2", "ab@gmail.com", "remove")])
    assert ads.read("ads_all", ["a.b@gmail.com"]) == {}
    with pytest.raises(UnreadableError):
        ads.members("ads_all")


@pytest.mark.parametrize("kind", KINDS)
def test_a_person_has_a_row_per_address(tmp_path: Path, kind: str) -> None:
    column = PLATFORMS[kind].email
    home, work, old = (f"{name}@x-demo.com" for name in ("home", "work", "old"))

    def listed(number: int, part: str) -> set[str]:
        return {row[column] for row in told(tmp_path, number, part)}

    ads = audience(tmp_path, kind)
    others = {column: json.dumps([home, old, work, "no address"])}
    ads.send("ads_all", [change("p1", home, **others), change("p2", work)])
    assert listed(1, "full") == {sha(home), sha(work), sha(old)}
    ads.send("ads_all", [change("p1", home, "update", **{column: None})])
    assert listed(2, "removes") == {sha(old)}
    ads.send("ads_all", [change("p1", "new@x-demo.com", "update", **others)])
    assert listed(3, "full") == {sha("new@x-demo.com"), sha(home), sha(work), sha(old)}
    ads.send("ads_all", [change("p1", "new@x-demo.com", "remove")])
    assert listed(4, "full") == {sha(work)}


@pytest.mark.parametrize("text", ["no list", '"one"', "{}"])
def test_further_addresses_that_are_no_list_reject_their_person_alone(
    tmp_path: Path, text: str
) -> None:
    changes = [change("p1", "a@x-demo.com", email=text), change("p2", "b@x-demo.com")]
    answers = audience(tmp_path).send("ads_all", changes)
    assert [answer.state for answer in answers] == ["rejected_permanent", "accepted"]
    assert len(told(tmp_path, 1, "full")) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_no_address_is_ever_in_a_file(tmp_path: Path, kind: str) -> None:
    ads = audience(tmp_path, kind)
    changes = [change(f"p{number}", email) for number, email in enumerate(HOSTILE)]
    assert {answer.state for answer in ads.send("ads_all", changes)} == {"accepted"}
    text = "".join(path.read_text() for path in tmp_path.rglob("*") if path.is_file())
    assert "@" not in text
    assert set(ads.read("ads_all", HOSTILE)) == set(HOSTILE)


def test_an_address_in_a_clear_column_rejects_its_person_alone(tmp_path: Path) -> None:
    ads = audience(tmp_path, "linkedin_audience")
    answers = ads.send(
        "ads_all",
        [
            change("p1", "a@x-demo.com", firstname="a@x-demo.com"),
            change("p2", "b@x-demo.com", firstname="Bea\u202e" + "x" * 80),
            change("p3", "no address"),
        ],
    )
    assert [answer.state for answer in answers] == [
        "rejected_permanent",
        "accepted",
        "rejected_permanent",
    ]
    (row,) = told(tmp_path, 1, "full")
    assert list(row) == list(PLATFORMS["linkedin_audience"].columns)
    assert len(row["firstname"]) == 35


def test_a_field_that_is_no_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(DestinationError, match="no column 'Shoe Size'"):
        audience(tmp_path).check("ads_all", ["fn", "Shoe Size"])
    with pytest.raises(DestinationError, match="folder"):
        audience(tmp_path).check("../elsewhere", [])


@pytest.mark.parametrize(
    "point", ["export.before_rename", "audience.before_manifest", "audience.before_memory"]
)
def test_a_crash_repeats_the_same_batch(tmp_path: Path, point: str) -> None:
    script = (
        "from pathlib import Path\nimport sys\n"
        "from tests.destinations.test_audiences import audience, change\n"
        "audience(Path(sys.argv[1])).send('ads_all', [change('p1', 'a@x-demo.com')])\n"
    )
    environment = {**os.environ, "TOUCHLINE_FAIL_AT": point}
    for _ in range(3):
        killed = subprocess.run([sys.executable, "-c", script, str(tmp_path)], env=environment)
        assert killed.returncode == -signal.SIGKILL
        assert audience(tmp_path).read("ads_all", ["a@x-demo.com"]) == {}
    audience(tmp_path).send("ads_all", [change("p1", "a@x-demo.com")])
    assert [row["email"] for row in told(tmp_path, 1, "full")] == [sha("a@x-demo.com")]
    assert len(list((tmp_path / "outbox").rglob("*.manifest.json"))) == 1
