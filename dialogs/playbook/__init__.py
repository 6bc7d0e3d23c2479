"""The company's process as one versioned document: values, schema, and the door between them."""

from dialogs.playbook.load import load_playbook
from dialogs.playbook.values import (
    Condition,
    FigureRules,
    Form,
    Playbook,
    Process,
    Question,
    Stage,
    Step,
    Sum,
    Text,
)

__all__ = [
    "Condition",
    "FigureRules",
    "Form",
    "Playbook",
    "Process",
    "Question",
    "Stage",
    "Step",
    "Sum",
    "Text",
    "load_playbook",
]
