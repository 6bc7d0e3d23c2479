"""How well a free message is understood: precision and recall by field, over the labelled notes."""

from tests.dialogs.gleaning.marking import marked, notes


def main() -> None:
    print(f"{len(notes())} notes, half of them German\n")
    print("| field | precision | recall | right | wrong | missed |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, one in marked().items():
        print(
            f"| {name} | {one.precision:.3f} | {one.recall:.3f} | {one.right} | {one.wrong} "
            f"| {one.missed} |"
        )


if __name__ == "__main__":
    main()
