"""What Sam and Mia say in these tests."""

from collections.abc import Mapping

from tests.demo.talker import Press, Ticks

Answers = Mapping[str, str | Press | Ticks]

REVIEW = "Is everything right? Press a line to change it."
RECORD: Answers = {
    "Which customer did you meet?": "müller",
    "I found several customers for “müller”. Which one is it?": Press("Müller GmbH (Dresden)"),
    "Did the appointment take place?": Press("Yes"),
    "When was it?": "yesterday 14:00",
    "Who was there?": "Dr. Keller (CTO), Ms Brandt (purchasing)",
    "What was discussed?": "They renew the test benches of two halls.\nOne partner for both.",
    "Which opportunities came up?": "A service contract for the benches in Dresden",
    "Which soft requirements does the customer have for working together?": (
        "One contact who knows the site; short ways, a call every week"
    ),
    "Your first assessment of working together?": Press("4"),
    "What is the next step?": "Send the outline of a service contract",
    "By when?": "in 10 days",
    "How many hours did it take, travel included?": "3.5",
    "What did the travel cost?": "128,40",
}
ASSESS: Answers = {
    "Which chances do you see?": Ticks(("Strategic customer", "Follow-up business")),
    "Chance “Strategic customer”: how likely?": Press("4"),
    "Chance “Strategic customer”: how much would it bring?": Press("5"),
    "Chance “Follow-up business”: how likely?": Press("3"),
    "Chance “Follow-up business”: how much would it bring?": Press("4"),
    "Which risks do you see?": Ticks(("Strong competition",)),
    "Risk “Strong competition”: how likely?": Press("3"),
    "Risk “Strong competition”: how much would it hurt?": Press("4"),
    "Which revenue do you expect?": "48k",
    "How probable is the order?": "60",
    "What do you recommend?": Press("Pursue"),
    "Anything management should know?": "They decide before the end of January.",
}
