"""The buttons of a lead, each with what it leads to. Who may is asked before, by the desk."""

from dialogs import lead_news, leads
from dialogs.scene import Scene
from dialogs.shows import Notice
from dialogs.tokens import FreeToken
from dialogs.turns import Turn, Wants

CODES = ("ltake", "lwho", "lgive", "lno", lead_news.SHOW)


def wanted(token: FreeToken) -> Wants:
    """The case of the lead that the button is about."""
    return Wants(cases=(leads.case_id(token.args[0]),) if token.args else ())


def pressed(scene: Scene, token: FreeToken) -> Turn:
    """Take it, give it to somebody, decline it."""
    match (token.code, token.args):
        case ("ltake", (lead,)):
            return leads.taken(scene, lead)
        case ("lwho", (lead,)):
            return leads.whom(scene, lead)
        case ("lgive", (lead, person)):
            return leads.taken(scene, lead, person)
        case (lead_news.SHOW, (lead,)):
            return lead_news.shown(scene, lead)
        case ("lno", (lead,)):
            return leads.declining(scene, lead)
        case _:
            return scene.notice(Notice(scene.say("lead_gone"), tone="warning"))
