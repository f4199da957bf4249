"""Writing a file in one step, and what must never be replaced by one."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from lupusrefs.errors import InputError
from lupusrefs.files import write_atomically
from unprivileged import shared_folder, without_privileges


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def mode(path: Path | str) -> int:
    """The permissions of a file."""
    return stat.S_IMODE(Path(path).stat().st_mode)


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(one.name for one in folder.iterdir())


# -- content ---------------------------------------------------------------------


def test_line_ends_and_bytes_are_written_as_they_are(here: Path) -> None:
    """No platform's own line ends, no other encoding."""
    write_atomically(Path("text"), "a\r\nb\n\ufeff")
    assert Path("text").read_bytes() == b"a\r\nb\n\xef\xbb\xbf"
    write_atomically(Path("text"), b"\xff\x00")
    assert Path("text").read_bytes() == b"\xff\x00"


def test_the_old_content_stays_open_to_its_readers(here: Path) -> None:
    """They have the whole old file, not the begin of the new one."""
    Path("refs.yaml").write_text("old\n", encoding="utf-8")
    with Path("refs.yaml").open(encoding="utf-8") as reader:
        write_atomically(Path("refs.yaml"), "new\n")
        assert reader.read() == "old\n"
    assert Path("refs.yaml").read_text(encoding="utf-8") == "new\n"


def test_the_content_is_on_the_disk_before_the_name_is_its(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut there is the old file or the new one; the folder comes last."""
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def note_fsync(handle: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file"
        steps.append(f"{kind} on disk")
        fsync(handle)

    def note_replace(self: Path, target: Path) -> Path:
        steps.append("renamed")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(Path, "replace", note_replace)
    write_atomically(Path("refs.yaml"), "text\n")
    assert steps == ["file on disk", "renamed", "folder on disk"]


def test_a_long_name_is_no_trouble(here: Path) -> None:
    """The temporary name is made of it, and must not be longer than names may be."""
    name = f"{'é' * 123}.yaml"
    write_atomically(Path(name), "text\n")
    assert names(here) == [name]


# -- permissions and owners ------------------------------------------------------


def test_a_new_file_has_the_user_s_usual_permissions(here: Path) -> None:
    """Not those of a temporary file, which nobody else may read."""
    umask = os.umask(0o022)
    try:
        write_atomically(Path("new.yaml"), "ä\n")
    finally:
        os.umask(umask)
    assert mode("new.yaml") == 0o644
    assert Path("new.yaml").read_bytes() == b"\xc3\xa4\n"


@pytest.mark.parametrize("bits", [0o600, 0o640, 0o664, 0o755, 0o666])
def test_the_permissions_stay(here: Path, bits: int) -> None:
    """Whatever the umask says."""
    path = Path("refs.yaml")
    path.write_text("old\n", encoding="utf-8")
    path.chmod(bits)
    write_atomically(path, "new\n")
    assert mode(path) == bits


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files"
)
def test_owner_and_group_stay_where_that_is_allowed(here: Path) -> None:
    """Root may mend a user's file, and it is the user's still."""
    path = Path("refs.yaml")
    path.write_text("old\n", encoding="utf-8")
    os.chown(path, 12345, 23456)
    path.chmod(0o2664)
    write_atomically(path, "new\n")
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 23456)
    assert mode(path) == 0o2664


def test_a_group_that_cannot_be_kept_takes_its_rights_with_it(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one group might read is not for another one."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    path = Path("refs.yaml")
    path.write_text("old\n", encoding="utf-8")
    path.chmod(0o6764)
    monkeypatch.setattr(os, "chown", refuse, raising=False)
    write_atomically(path, "new\n")
    assert path.read_text(encoding="utf-8") == "new\n"
    assert mode(path) == 0o744


def test_a_write_protected_file_is_not_replaced() -> None:
    """Its folder would allow it; its owner has said otherwise."""
    with shared_folder() as folder:
        folder.chmod(0o777)
        path = folder / "refs.yaml"
        path.write_text("old\n", encoding="utf-8")
        path.chmod(0o444)
        with (
            without_privileges(),
            pytest.raises(InputError, match="write-protected") as caught,
        ):
            write_atomically(path, "new\n")
        assert "nothing was changed" in str(caught.value.hint)
        assert path.read_text(encoding="utf-8") == "old\n"
        assert names(folder) == ["refs.yaml"]


def test_a_folder_without_permission_is_told() -> None:
    """The old content is still there."""
    with shared_folder() as folder:
        path = folder / "refs.yaml"
        path.write_text("old\n", encoding="utf-8")
        path.chmod(0o666)
        folder.chmod(0o555)
        with (
            without_privileges(),
            pytest.raises(InputError, match="Permission denied") as caught,
        ):
            write_atomically(path, "new\n")
        folder.chmod(0o755)
        assert "folder" in str(caught.value.hint)
        assert path.read_text(encoding="utf-8") == "old\n"
        assert names(folder) == ["refs.yaml"]


# -- links, devices, folders -----------------------------------------------------


def test_a_symbolic_link_and_the_permissions_stay(tmp_path: Path) -> None:
    """The file behind a link gets the text; the link stays a link."""
    target = tmp_path / "target.yaml"
    target.write_text("old\n", encoding="utf-8")
    target.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(target)
    write_atomically(link, "new\n")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new\n"
    assert mode(target) == 0o640


def test_a_link_to_a_link_in_another_folder_stays(here: Path) -> None:
    """The temporary file is made where the content is: a rename moves no bytes."""
    Path("there").mkdir()
    Path("there/refs.yaml").write_text("old\n", encoding="utf-8")
    Path("there/second").symlink_to("refs.yaml")
    Path("first").symlink_to("there/second")
    write_atomically(Path("first"), "new\n")
    assert Path("first").is_symlink()
    assert Path("there/second").is_symlink()
    assert Path("there/refs.yaml").read_text(encoding="utf-8") == "new\n"
    assert names(Path("there")) == ["refs.yaml", "second"]


def test_a_dangling_link_gets_its_file(here: Path) -> None:
    """The link stays, also where it leads into another folder."""
    Path("there").mkdir()
    Path("link.yaml").symlink_to(Path("there") / "new.yaml")
    write_atomically(Path("link.yaml"), "text\n")
    assert Path("link.yaml").is_symlink()
    assert Path("there/new.yaml").read_text(encoding="utf-8") == "text\n"
    assert names(Path("there")) == ["new.yaml"]


def test_a_link_that_leads_to_itself_is_told(here: Path) -> None:
    """It is not replaced by a file."""
    Path("refs.yaml").symlink_to("refs.yaml")
    with pytest.raises(InputError, match="cannot be written"):
        write_atomically(Path("refs.yaml"), "text\n")
    assert Path("refs.yaml").is_symlink()
    assert names(here) == ["refs.yaml"]


def test_of_a_file_with_two_names_the_other_keeps_the_old_content(here: Path) -> None:
    """It may be a backup: those that save space are hard links."""
    Path("refs.yaml").write_text("old\n", encoding="utf-8")
    os.link("refs.yaml", "backup.yaml")
    write_atomically(Path("refs.yaml"), "new\n")
    assert Path("refs.yaml").read_text(encoding="utf-8") == "new\n"
    assert Path("backup.yaml").read_text(encoding="utf-8") == "old\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    """`--output /dev/null` once replaced the device by a regular file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[str] = []
    reader = threading.Thread(
        target=lambda: received.append(pipe.read_text(encoding="utf-8")), daemon=True
    )
    reader.start()
    write_atomically(pipe, "läuft\n")
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    reader.join(timeout=10)
    assert received == ["läuft\n"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_device_that_fails_is_told() -> None:
    """`/dev/full` is a disk without room."""
    with pytest.raises(InputError, match="No space left"):
        write_atomically(Path("/dev/full"), "text\n")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """A folder in the file's place is an error with a place, and nothing is lost."""
    with pytest.raises(InputError, match="cannot be written: this is a folder"):
        write_atomically(tmp_path, "text\n")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_told(here: Path) -> None:
    """It is not made: a slip of the pen would make it."""
    with pytest.raises(InputError, match="cannot be written") as caught:
        write_atomically(Path("missing/refs.yaml"), "text\n")
    assert caught.value.hint == "nothing was changed"
    assert list(here.iterdir()) == []


# -- failures --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "error", "seen"),
    [
        ("os.fsync", OSError(28, "No space left on device"), InputError),
        ("pathlib.Path.replace", OSError(18, "Invalid link"), InputError),
        ("pathlib.Path.chmod", OSError(1, "Not permitted"), InputError),
        ("os.fsync", KeyboardInterrupt(), KeyboardInterrupt),
        ("pathlib.Path.replace", KeyboardInterrupt(), KeyboardInterrupt),
        ("pathlib.Path.chmod", MemoryError(), MemoryError),
    ],
)
def test_a_write_that_fails_leaves_the_old_content_and_nothing_else(
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    error: BaseException,
    seen: type[BaseException],
) -> None:
    """A full disk, or an interrupt: no half file, no temporary file."""

    def fail(*_: object) -> None:
        raise error

    Path("refs.yaml").write_text("old\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(step, fail)
        with pytest.raises(seen):
            write_atomically(Path("refs.yaml"), "new\n")
    assert Path("refs.yaml").read_text(encoding="utf-8") == "old\n"
    assert names(here) == ["refs.yaml"]


def test_a_folder_that_cannot_be_settled_is_no_failure(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new content is in place: to say it were not would be wrong."""
    fsync = os.fsync

    def fail(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(22, "Invalid argument")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", fail)
    write_atomically(Path("refs.yaml"), "new\n")
    assert Path("refs.yaml").read_text(encoding="utf-8") == "new\n"


def test_text_that_cannot_be_encoded_leaves_the_old_content(here: Path) -> None:
    """Half a surrogate pair, out of a file name or an argument."""
    Path("refs.yaml").write_text("old\n", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(Path("refs.yaml"), "\ud800")
    assert Path("refs.yaml").read_text(encoding="utf-8") == "old\n"
    assert names(here) == ["refs.yaml"]
