"""The real Anki, for tests: `read PACKAGE...` imports packages one after the other and prints what the collection then holds;
`make FOLDER` builds a collection of the notes that stand in JSON on standard input and exports its deck Cooking in every form;
`pass PACKAGE TO` imports a package and exports all of it in the current form."""

import json
import sys
import tempfile
from pathlib import Path

from anki.collection import (
    Collection,
    DeckIdLimit,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)


def read(col, packages):
    logs = []
    for package in packages:
        request = ImportAnkiPackageRequest(package_path=package, options=ImportAnkiPackageOptions())
        log = col.import_anki_package(request).log
        logs.append({"new": len(log.new), "updated": len(log.updated), "duplicate": len(log.duplicate)})
    notes = []
    for nid in sorted(col.find_notes("")):
        note = col.get_note(nid)
        deck = col.decks.name(note.cards()[0].did)
        notes.append(
            {"guid": note.guid, "fields": dict(note.items()), "tags": note.tags, "deck": deck, "type": note.note_type()["name"]}
        )
    problems, ok = col.fix_integrity()
    return {"logs": logs, "notes": notes, "ok": ok}


def pass_on(col, package, to):
    col.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=ImportAnkiPackageOptions()))
    col.export_anki_package(out_path=to, options=ExportAnkiPackageOptions(legacy=False), limit=None)
    return {}


def make(col, folder):
    for given in json.load(sys.stdin):
        note = col.new_note(col.models.by_name(given["type"]))
        note.fields = given["fields"]
        note.tags = given["tags"]
        col.add_note(note, col.decks.id(given["deck"]))
    limit = DeckIdLimit(deck_id=col.decks.id("Cooking"))
    for name, legacy in [("current", False), ("legacy", True)]:
        options = ExportAnkiPackageOptions(with_media=True, legacy=legacy)
        col.export_anki_package(out_path=str(folder / f"{name}.apkg"), options=options, limit=limit)
    for name, html in [("html", True), ("plain", False)]:
        col.export_note_csv(
            out_path=str(folder / f"{name}.txt"), limit=limit, with_html=html, with_tags=True, with_deck=True,
            with_notetype=True, with_guid=True,
        )
    return {}


def main():
    with tempfile.TemporaryDirectory() as directory:
        col = Collection(str(Path(directory) / "collection.anki2"))
        match sys.argv[1:]:
            case ["read", *packages]:
                said = read(col, packages)
            case ["pass", package, to]:
                said = pass_on(col, package, to)
            case ["make", folder]:
                said = make(col, Path(folder))
        col.close()
    json.dump(said, sys.stdout)


main()
