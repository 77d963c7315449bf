"""What kind of file one is by its name: which are no documents, and which no reader takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qa.locale.translator import N_
from qa.models import Notice

_NO_DOCUMENTS: Final = {
    N_("program code"): """
        asm awk bash bat c cc cfg cl clj cmake cmd conf cpp cs cu d dart do el erl ex exs f f90 fish
        go gradle groovy h hh hpp hs ini ipp java jl js jsx kt less lua m4 mjs mk ml mm patch diff
        php pl pm properties ps1 psm1 py pyc pyi pyw pyx r rb rs s sas scala scm sh sql swift tcl ts
        tsx vb vba vbs vue wasm zsh bib sty cls bst
    """,
    N_("style sheet"): "css sass scss styl xsl xslt",
    N_("data"): """
        aux avro bin dat db dbf dta feather geojson gift h5 hdf5 json json5 jsonl log lock mat mdb
        ndjson npy npz parquet pickle pkl plist po pot rdata rds sav sqlite sqlite3 toml ttl xml xsd
        yaml yml map
    """,
    N_("picture"): """
        ai apng avif bmp cdr drawio eps gif heic heif ico jfif jpe jpeg jpg odg png psd raw svg svgz
        tif tiff webp xcf
    """,
    N_("sound or film"): """
        3gp aac aif aiff avi flac flv m4a m4v mid midi mkv mov mp3 mp4 mpeg mpg oga ogg ogv opus wav
        webm wma wmv
    """,
    N_("font"): "eot fnt otf ttc ttf woff woff2",
    N_("backup or temporary file"): "bak backup old orig swo swp tmp temp part crdownload",
    N_("program or disk image"): "apk app bundle deb dll dmg exe iso jar lib msi o obj pkg rpm so",
    N_("archive other than ZIP"): "7z bz2 cab gz lz4 lzma rar tar tbz tgz txz xz zst",
}
_NO_DOCUMENT_BY_SUFFIX: Final = {
    f".{suffix}": kind for kind, suffixes in _NO_DOCUMENTS.items() for suffix in suffixes.split()
}
_PROGRAM_FILES: Final = frozenset(
    "cmakelists.txt codeowners dockerfile gemfile jenkinsfile makefile procfile rakefile robots.txt"
    " requirements.txt vagrantfile".split()
)
_MOST_NAMES: Final = 20
_BACKUP = re.compile(r"~\$.*|.*~|#.*#")

_CONVERT: Final = {
    **dict.fromkeys((".doc", ".dot", ".odt", ".rtf", ".pages", ".wpd", ".docm"), ".docx"),
    **dict.fromkeys((".ppt", ".pps", ".odp", ".key", ".pptm"), ".pptx"),
    **dict.fromkeys((".xls", ".xlsb", ".ods", ".numbers"), ".xlsx"),
    **dict.fromkeys((".mobi", ".azw", ".azw3", ".fb2", ".djvu", ".ps", ".xps"), ".pdf"),
    **dict.fromkeys((".mht", ".mhtml", ".eml", ".msg", ".chm", ".one"), ".html"),
    **dict.fromkeys((".adoc", ".asciidoc", ".org", ".textile", ".creole", ".typ"), ".md"),
}
# "cours v1.2" or "fin. Suite" have a full stop, and no extension.
_SUFFIX = re.compile(r"\.[a-z][a-z0-9_]{0,11}|\.3gp|\.7z")


def suffix_of(name: str) -> str:
    """The extension of a file name in lower case with its full stop, empty where it has none."""
    base = name.rpartition("/")[2]
    dot = base.rfind(".")
    suffix = base[dot:].lower() if dot > 0 else ""
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def no_document(name: str) -> str:
    """What a file that is no document is; empty for one that may be a document."""
    base = name.rpartition("/")[2]
    if _BACKUP.fullmatch(base):
        return N_("backup or temporary file")
    if base.lower() in _PROGRAM_FILES:
        return N_("program code")
    return _NO_DOCUMENT_BY_SUFFIX.get(suffix_of(base), "")


def better_suffix(suffix: str) -> str:
    """The extension of the format that a file should be saved in, empty where none is known."""
    return _CONVERT.get(suffix, "")


def left_out_notice(kind: str, names: Sequence[str]) -> Notice:
    """What is said of files that are no documents."""
    shown = ", ".join(sorted(names)[:_MOST_NAMES])
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return Notice(kind="no-document", message=f"{len(names)} × {kind}: {shown}{more}")
