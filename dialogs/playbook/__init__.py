"""The company's process as one versioned document: values, schema, and the door between them."""

from dialogs.playbook.load import load_playbook
from dialogs.playbook.pipeline import Stage
from dialogs.playbook.ruling import BallotRule, DecisionRule, FigureRules, Handover, Whom
from dialogs.playbook.texts import Answers, Condition, Text
from dialogs.playbook.values import Form, Opens, Playbook, Process, Question, Step, Sum

__all__ = [
    "Answers",
    "BallotRule",
    "Condition",
    "DecisionRule",
    "FigureRules",
    "Form",
    "Handover",
    "Opens",
    "Playbook",
    "Process",
    "Question",
    "Stage",
    "Step",
    "Sum",
    "Text",
    "Whom",
    "load_playbook",
]
