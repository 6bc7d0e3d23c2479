"""How well a free message is understood: precision and recall by field, over both sets of notes."""

from tests.dialogs.gleaning.marking import SETS, marked, notes


def main() -> None:
    for name in SETS:
        german = sum(note["language"] == "de" for note in notes(name))
        print(f"\n{len(notes(name))} notes ({name}), {german} of them German\n")
        print("| field | precision | recall | right | wrong | missed |")
        print("| --- | --- | --- | --- | --- | --- |")
        for field, one in marked(name).items():
            print(
                f"| {field} | {one.precision:.3f} | {one.recall:.3f} | {one.right} | {one.wrong} "
                f"| {one.missed} |"
            )


if __name__ == "__main__":
    main()
