"""The CRM goes away in the middle of everything: nobody waits for it, and nothing is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogs.crm import CrmNeeds, Delivery, DeliveryReceipt
from dialogs.errors import CrmUnavailable
from dialogs.people import Person
from tests.rig.odoo import MANAGER, SALESMAN, OdooServer
from tests.transcripts.clock import StillClock
from tests.transcripts.crm_text import LedgerReader, told
from tests.transcripts.installation import Installation
from tests.transcripts.odoo_company import Company
from tests.transcripts.player_engine import Engine
from tests.transcripts.player_telegram import Telegram
from tests.transcripts.playing import Held
from tests.transcripts.plugin import Rewriting
from tests.transcripts.stage import Stage
from tests.transcripts.transcript import read

STORY = Path(__file__).parents[1] / "transcripts" / "13_the_crm_is_away.txt"
