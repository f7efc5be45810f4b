"""The mapper as a browser without scripts sends it: who may do what, and what is never shown to another customer."""

import csv
import io
import re
from collections.abc import Iterator

import httpx
import pytest
from dagster import UrlMetadataValue

from budget_sync.database import Database
from budget_sync.domain.fields import ImportState
from budget_sync.importing.customers import Customer
from budget_sync.importing.engine import Engine
from budget_sync.importing.keys import create_key
from budget_sync.importing.options import IncomingFile
from budget_sync.orchestration.metadata import budgets_metadata, lines_metadata
from budget_sync_tests.api.pages.browsing import browser, form_of, sign_in

CSV = b"Department,Fiscal Year,Budget\n" + b"".join(b"Team %d,FY2026,%d00\n" % (n, n) for n in range(1, 9))


@pytest.fixture
def stranger(service: str, database: Database, other_customer: Customer) -> Iterator[httpx.Client]:
    """A browser with a session of another customer."""
    with browser(service) as client:
        sign_in(client, create_key(database, other_customer.id))
        yield client


def send(client: httpx.Client, content: bytes = CSV, name: str = "budget.csv") -> httpx.Response:
    """What the upload of a file answers."""
    members = form_of(client.get("/fpa/import"), "/fpa/import")
    members.pop("at_once", None)
    return client.post("/fpa/import", data=members, files={"files": (name, content)})


def test_a_file_leads_to_its_own_page_and_is_loaded_once_however_often_it_is_sent(
    signed_in: httpx.Client, database: Database, customer: Customer
) -> None:
    draft = send(signed_in).headers["location"]
    preview = signed_in.get(f"{draft}/preview")
    assert "Import 8 changes" in preview.text
    members = form_of(preview, f"{draft}/import")
    first, second = (signed_in.post(f"{draft}/import", data=members) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert len(Engine(database).history(customer.id)) == 1
    assert signed_in.get(draft).headers["location"] == first.headers["location"]


def test_what_is_no_table_is_refused_with_its_reason(signed_in: httpx.Client) -> None:
    answer = send(signed_in, b"%PDF-1.7", "report.pdf")
    assert answer.status_code == 422
    assert "PDF" in answer.text


def test_another_customer_finds_neither_draft_nor_import(signed_in: httpx.Client, stranger: httpx.Client) -> None:
    draft = send(signed_in).headers["location"]
    preview = signed_in.get(f"{draft}/preview")
    loaded = signed_in.post(f"{draft}/import", data=form_of(preview, f"{draft}/import")).headers["location"]
    waiting = send(signed_in, CSV + b"Team 9,FY2026,900\n").headers["location"]
    token = form_of(stranger.get("/fpa/import"), "/sign-out")
    for path in (
        draft,
        f"{draft}/preview",
        f"{draft}/preview/changes",
        loaded,
        f"{loaded}/undo",
        f"{loaded}/errors",
        f"{loaded}/changes",
        waiting,
    ):
        assert stranger.get(path).status_code == 404, path
    for path in (waiting, f"{waiting}/cells", f"{waiting}/import", f"{waiting}/discard", f"{loaded}/undo"):
        assert stranger.post(path, data=token).status_code == 404, path
    for path in (f"{loaded}/review", f"{loaded}/decline"):
        assert stranger.post(path, data=token | {"reason": "x"}).status_code == 404, path
    assert "budget.csv" not in stranger.get("/fpa/import").text
    assert signed_in.get(waiting).status_code == 200


def test_who_may_only_read_sees_an_import_and_decides_nothing(
    service: str, signed_in: httpx.Client, database: Database, customer: Customer
) -> None:
    result = Engine(database).run(customer.id, IncomingFile("budget.csv", CSV))
    path = f"/fpa/import/imports/{result.import_id}"
    with browser(service) as reader:
        sign_in(reader, create_key(database, customer.id, scopes=["read"]))
        shown = reader.get(path)
        assert shown.status_code == 200
        assert "Take it back" not in shown.text
        token = form_of(shown, "/sign-out")
        assert reader.post(f"{path}/undo", data=token).status_code == 403
        assert reader.get("/fpa/import").status_code == 403
    assert "Take it back" in signed_in.get(path).text


def test_the_list_is_searched_by_name_state_source_person_and_day(
    signed_in: httpx.Client, database: Database, customer: Customer
) -> None:
    engine = Engine(database)
    engine.run(customer.id, IncomingFile("march.csv", CSV, source_type="sftp", user="Kim"))
    engine.run(customer.id, IncomingFile("april.csv", b"Name,Phone\nKim,1\n", user="Jane"))
    found = {
        query: [name for name in ("march.csv", "april.csv") if name in signed_in.get(f"/fpa/import?{query}").text]
        for query in (
            "q=MARCH",
            "state=rejected",
            "source=sftp",
            "who=kim",
            "since=2999-01-01",
            "until=x",
            "q=%00",
            "source=%00",
        )
    }
    both = ["march.csv", "april.csv"]
    assert found == {
        "q=MARCH": ["march.csv"],
        "state=rejected": ["april.csv"],
        "source=sftp": ["march.csv"],
        "who=kim": ["march.csv"],
        "since=2999-01-01": [],
        "until=x": both,
        "q=%00": both,
        "source=%00": both,
    }


def test_who_imported_through_the_api_is_named_by_the_label_of_the_key(
    signed_in: httpx.Client, service: str, database: Database, customer: Customer
) -> None:
    key = create_key(database, customer.id, label="Nightly plan")
    body = {"fileName": "plan.csv", "rows": [["Department", "Fiscal Year", "Budget"], ["Eng", "FY2026", 1]]}
    made = httpx.post(f"{service}/api/excel/import", json=body, headers={"X-API-Key": key}).json()
    for path in ("/fpa/import?who=nightly", f"/fpa/import/imports/{made['importId']}"):
        page = signed_in.get(path).text
        assert "Nightly plan" in page
        assert key.split("_")[1] not in page
    assert "Nightly plan" not in signed_in.get("/fpa/import?who=daily").text


def test_what_waits_is_turned_down_with_a_reason(
    signed_in: httpx.Client, database: Database, customer: Customer
) -> None:
    waiting = Engine(database).run(
        customer.id, IncomingFile("silent.csv", b"Department,Budget\nA,1000\nB,2000\nC,30\n")
    )
    path = f"/fpa/import/imports/{waiting.import_id}"
    members = form_of(signed_in.get(path), f"{path}/decline")
    assert signed_in.post(f"{path}/decline", data=members | {"reason": " "}).status_code == 400
    signed_in.post(f"{path}/decline", data=members | {"reason": "Last year's"})
    assert "Last year&#39;s" in signed_in.get(path).text


def test_rejected_rows_come_back_as_a_workbook(signed_in: httpx.Client, database: Database, customer: Customer) -> None:
    rows = b"".join(b"Team %d,FY2026,%s\n" % (n, b"tbd" if n == 7 else b"%d00" % n) for n in range(1, 21))
    result = Engine(database).run(customer.id, IncomingFile("bad.csv", b"Department,Fiscal Year,Budget\n" + rows))
    answer = signed_in.get(f"/fpa/import/imports/{result.import_id}/errors?format=xlsx")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert "bad_errors.xlsx" in answer.headers["content-disposition"]


def test_all_changes_of_an_import_come_as_a_file(
    signed_in: httpx.Client, database: Database, customer: Customer
) -> None:
    content = b"Department,Fiscal Year,Budget\n=1+1,FY2026,100\n" + b"".join(
        b"Team %d,FY2026,-5.50\n" % number if number == 7 else b"Team %d,FY2026,100\n" % number
        for number in range(1_100)
    )
    result = Engine(database).run(customer.id, IncomingFile("plan.csv", content))
    path = f"/fpa/import/imports/{result.import_id}"
    assert f'href="{path}/changes"' in signed_in.get(path).text
    answer = signed_in.get(f"{path}/changes")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][-2:] == ["Old amount", "New amount"]
    assert len(rows) == 1_102
    assert ["created", "'=1+1", "", "FY2026", "expense", "EUR", "", "100.0000"] in rows
    assert next(row for row in rows if row[1] == "Team 7")[-1] == "-5.5000"


def test_a_preview_counts_all_changes_and_gives_all_of_them_and_all_rejected_rows_as_files(
    signed_in: httpx.Client, database: Database, customer: Customer
) -> None:
    header, names = b"Department,Fiscal Year,Budget\n", ["=1+1", *(f"Team {number}" for number in range(1, 1_106))]
    standing = header + b"".join(b"%s,FY2026,100\n" % name.encode() for name in names)
    Engine(database).run(customer.id, IncomingFile("budget.csv", standing))
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE budget SET reserved_amount = 75 WHERE department <> '=1+1'")
    bad = b"".join(b"New %d,FY2026,=tbd\n" % number for number in range(105))
    draft = send(signed_in, standing.replace(b",100\n", b",50\n") + bad).headers["location"]
    preview = signed_in.get(f"{draft}/preview").text
    assert re.search(r">over-committed</dt>\s*<dd[^>]*>1,105<", preview)
    changes = _downloaded(signed_in, preview, f"{draft}/preview/changes")
    assert [row["Over-committed"] for row in changes] == ["yes"] * 1_105 + [""]
    assert list(changes[-1].values()) == ["updated", "'=1+1", "", "FY2026", "expense", "EUR", "100.0000", "50.0000", ""]
    rejected = _downloaded(signed_in, preview, f"{draft}/preview/rejected")
    assert [(row["Row"], row["Column"], row["Value"]) for row in rejected] == [
        (str(number), "Budget", "'=tbd") for number in range(1_108, 1_213)
    ]
    assert {row["Problem"] for row in rejected} != {""}
    assert len(Engine(database).history(customer.id)) == 1


def _downloaded(client: httpx.Client, page: str, path: str) -> list[dict[str, str]]:
    """The rows of a CSV that the page links to."""
    assert f'href="{path}"' in page
    answer = client.get(path)
    assert answer.headers["content-disposition"].startswith("attachment")
    return list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))


def test_a_preview_of_a_partners_file_gives_its_changes_too(
    signed_in: httpx.Client, database: Database, customer: Customer
) -> None:
    waiting = Engine(database).run(customer.id, IncomingFile("partner.csv", CSV.replace(b"FY2026", b"")))
    assert waiting.status is ImportState.NEEDS_REVIEW
    token = form_of(signed_in.get("/fpa/import"), "/sign-out")
    draft = signed_in.post(f"/fpa/import/imports/{waiting.import_id}/review", data=token).headers["location"]
    assert signed_in.get(f"{draft}/preview/changes").headers["location"] == draft
    signed_in.post(draft, data=form_of(signed_in.get(draft), draft) | {"fiscal_period": "FY2026", "go": "preview"})
    changes = _downloaded(signed_in, signed_in.get(f"{draft}/preview").text, f"{draft}/preview/changes")
    assert [(row["Change"], row["Department"]) for row in changes] == [("created", f"Team {n}") for n in range(1, 9)]
    assert Engine(database).get(customer.id, waiting.import_id).status is ImportState.NEEDS_REVIEW


def test_each_link_of_an_asset_in_dagster_asks_to_sign_in_and_then_opens(
    service: str, signed_in: httpx.Client, database: Database, customer: Customer
) -> None:
    rows = b"".join(b"Team %d,FY2026,%s\n" % (n, b"tbd" if n == 7 else b"%d00" % n) for n in range(1, 21))
    engine = Engine(database)
    result = engine.run(customer.id, IncomingFile("bad.csv", b"Department,Fiscal Year,Budget\n" + rows))
    record = engine.get(customer.id, result.import_id)
    entries = {**lines_metadata(record, service, []), **budgets_metadata(record, service)}
    links = {name: str(entry.value) for name, entry in entries.items() if isinstance(entry, UrlMetadataValue)}
    assert set(links) == {"page", "all_errors", "budgets"}
    with browser(service) as nobody:
        for link in links.values():
            assert form_of(nobody.get(link), "/sign-in")["next"] == link.removeprefix(service).partition("#")[0]
            assert signed_in.get(link).status_code == 200
    assert signed_in.get(links["all_errors"]).content[:2] == b"PK"
    assert 'id="changes"' in signed_in.get(links["budgets"]).text
