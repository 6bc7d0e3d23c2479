"""Files and pictures hang on the opportunity, each once, however often their entry is tried."""

from dataclasses import replace

from dialogs.crm import Delivery, Drawn
from dialogs.drawings import Board
from dialogs.files import Attached
from tests.contracts.crm.wishes import deliver, new_case, plain
from tests.contracts.crm.world import World
from tests.standins.telegram.pictures import plain_picture

PICTURE = Drawn("matrix.png", Board("Matrix"), plain_picture())
LETTER = Attached("telegram", "F1", "letter.pdf", 9, b"%PDF-1.7 ", "application/pdf")
NOTE = Attached("telegram", "F2", "note.txt", 5, b"hello", "text/plain")
LOST = Attached("telegram", "F3", "lost.pdf", 9)


def later(case: Delivery) -> Delivery:
    return replace(case, key=f"{case.case}-assess-1", kind="assess", after=(case.key,))


class Attachments:
    def test_a_picture_hangs_on_the_opportunity(self, world: World) -> None:
        one = deliver(world.crm, plain(new_case()))
        case = plain(new_case())
        first = deliver(world.crm, case)
        deliver(world.crm, replace(later(case), pictures=(PICTURE,)))
        assert world.attached(first.opportunity) == [("matrix.png", PICTURE.png)]
        assert world.attached(one.opportunity) == []

    def test_files_and_pictures_of_one_entry_all_hang_there(self, world: World) -> None:
        case = replace(plain(new_case()), files=(LETTER, NOTE), pictures=(PICTURE,))
        made = deliver(world.crm, case)
        assert sorted(world.attached(made.opportunity)) == [
            ("letter.pdf", LETTER.content),
            ("matrix.png", PICTURE.png),
            ("note.txt", NOTE.content),
        ]

    def test_each_hangs_there_once_however_often_it_is_delivered(self, world: World) -> None:
        both = (PICTURE, replace(PICTURE, name="other.png"))
        case = replace(plain(new_case()), files=(LETTER,), pictures=both)
        made = deliver(world.crm, case)
        world.crm.deliver(case, fresh=False)
        world.restarted().deliver(case, fresh=False)
        names = [name for name, _ in world.attached(made.opportunity)]
        assert sorted(names) == ["letter.pdf", "matrix.png", "other.png"]

    def test_a_file_that_could_not_be_had_is_left_out(self, world: World) -> None:
        case = replace(plain(new_case()), files=(LOST, LETTER))
        made = deliver(world.crm, case)
        assert world.attached(made.opportunity) == [("letter.pdf", LETTER.content)]
