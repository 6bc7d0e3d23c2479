"""Files that were sent on the page: whole, once, and gone when nobody needs them here any more."""

from dialogs.limits import FILE
from dialogs.rows import Upload
from tests.contracts.store.rows import DAY, NOW
from tests.contracts.store.stores import Stores

ANY_BYTES = bytes(range(256)) * 3


class Uploads:
    def test_a_file_is_kept_byte_for_byte(self, stores: Stores) -> None:
        with stores.books() as books:
            books.keep_upload("sam", "u1", ANY_BYTES, NOW)
            books.keep_upload("sam", "u2", b"two", NOW + 1)
            books.keep_upload("mia", "u1", b"hers", NOW)
        with stores.books() as books:
            assert books.upload("sam", "u1") == ANY_BYTES
            assert books.upload("sam", "u3") is None
            assert books.upload_sizes("sam", ["u1", "u2", "u3", "u1"]) == {"u1": 768, "u2": 3}
            assert books.uploads("sam") == [
                Upload("u1", ANY_BYTES, NOW),
                Upload("u2", b"two", NOW + 1),
            ]

    def test_the_same_again_changes_nothing(self, stores: Stores) -> None:
        with stores.books() as books:
            books.keep_upload("sam", "u1", b"first", NOW)
            books.keep_upload("sam", "u1", b"other", NOW + 1)
            assert books.uploads("sam") == [Upload("u1", b"first", NOW)]

    def test_the_largest_that_is_taken_is_kept(self, stores: Stores) -> None:
        with stores.books() as books:
            books.keep_upload("sam", "u1", bytes(FILE), NOW)
        with stores.books() as books:
            assert books.upload_sizes("sam", ["u1"]) == {"u1": FILE}

    def test_what_is_in_the_crm_or_old_is_swept_away(self, stores: Stores) -> None:
        with stores.books() as books:
            for ref, at in (("done", NOW), ("old", NOW - DAY), ("open", NOW)):
                books.keep_upload("sam", ref, b"x", at)
            books.uploaded("sam", "done", NOW)
            books.uploaded("mia", "open", NOW)
            assert books.forget(NOW - 1) == 2
            assert [one.ref for one in books.uploads("sam")] == ["open"]

    def test_they_go_with_their_person(self, stores: Stores) -> None:
        with stores.books() as books:
            books.keep_upload("sam", "u1", b"x", NOW)
            books.keep_upload("mia", "u2", b"y", NOW)
            books.wipe("sam", [], [("web", "sam"), ("slack", "mia")])
            assert books.uploads("sam") == []
            assert len(books.uploads("mia")) == 1
