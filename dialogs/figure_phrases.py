"""What dealdesk says with pictures and key figures; `phrases` takes it in."""

from collections.abc import Mapping

EN: Mapping[str, str] = {
    "matrix": "Chances and risks · {about}",
    "matrix_alt": "Matrix, {across} to the right, {upwards} upwards: {points}",
    "matrix_before": " (before: {value})",
    "matrix_new": " (new)",
    "matrix_gone": "no longer (before: {value})",
    "changed_from_to": "{old} → {new}",
}

DE: Mapping[str, str] = {
    "matrix": "Chancen und Risiken · {about}",
    "matrix_alt": "Matrix, {across} nach rechts, {upwards} nach oben: {points}",
    "matrix_before": " (vorher: {value})",
    "matrix_new": " (neu)",
    "matrix_gone": "nicht mehr (vorher: {value})",
    "changed_from_to": "{old} → {new}",
}
