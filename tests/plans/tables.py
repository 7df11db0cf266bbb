"""Tables of plans, as planning software exports them and as they go out here."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from core.tables import csv_lines, xlsx_bytes
from plans.exchange.columns import heads, money_of, rows_of
from plans.exchange.difference import Difference, Table, in_order, read_rows, things_of
from plans.exchange.planning import difference
from plans.models import Plan

# As a Flemish municipality takes it from its planning software: a title, levels in words, amounts as people write them.
EXPORT = """\
Overzicht van alle beleidsdoelstellingen, actieplannen en acties met ramingen;;;;;;;;;;
;;;;;;;;;;
Type;Code;Korte omschrijving;Omschrijving;Commentaar;Externe rapporteringscode;Bestuur;Prioritair;\
Raming uitgaven 2026;Raming ontvangsten 2026;Beleidsveld
Strategische doelstelling;SD000001;Een gemeente om te blijven;Iedereen woont hier graag.;;;Gemeente;nee;;;
Beleidsdoelstelling;BD000011;Levende dorpen;;;;Gemeente en OCMW;ja;;;
Actieplan;AP000021;Pleinen en straten;;;;Gemeente;ja;;;
Actie;AC000301;Het kerkplein van Bergen;"- banken
- linden";Samen met de dorpsraad;VL-GROEN-1;Gemeente;ja;1.234.567,50;(12.000);0200
Actie;AC000302;Ontmoeting in het dienstencentrum;;;;OCMW;nee;€ 15.000;-;0959
"""


def table_of(text: str) -> Table:
    """A table that came in as CSV."""
    return read_rows(io.BytesIO(text.encode()))


def workbook_of(rows: Sequence[Sequence[Any]]) -> Table:
    """A table that came in as a workbook of others, with numbers in its cells."""
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return read_rows(io.BytesIO(out.getvalue()))


def gone_out(plan: Plan, extension: str = "csv") -> Table:
    """The table of a plan as it goes out, read again."""
    goals, actions = things_of(plan)
    money = money_of(actions)
    rows = list(rows_of(in_order(goals, actions), money))
    names = heads(money)
    data = b"".join(csv_lines(names, rows)) if extension == "csv" else xlsx_bytes(names, rows, plan.name)
    return read_rows(io.BytesIO(data))


def would(plan: Plan, text: str) -> Difference:
    """What a table would do to a plan."""
    return difference(Plan.objects.get(pk=plan.pk), table_of(text))
