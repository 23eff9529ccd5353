"""LibreOffice, where it is installed: Word, Excel, PowerPoint and OpenDocument to PDF.

Each time a profile of its own that is thrown away: no macros, no links that are followed or
updated, proxies that lead nowhere.
"""

import shutil
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings

from core.converting import Unprintable, sandbox

NONE = "none"
NO_CONVERTER = "Bestanden van deze soort kunnen in dit portaal niet worden omgezet naar PDF."
NOTHING_MADE = "Dit bestand kon niet worden omgezet naar PDF. Sla het zelf op als PDF."
MEMORY_MB = 3_000  # of address space; LibreOffice reserves much more than it uses

_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_INTERNET = "/org.openoffice.Inet/Settings"
PROFILE = [
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "nl-NL"),  # € 12.510,00 in a sheet
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "DisableActiveContent", "true"),
    # Otherwise a document can bring in any file of this machine: a text, a picture, a sheet.
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),  # 1 means never
    (_INTERNET, "ooInetProxyType", "2"),
    (_INTERNET, "ooInetHTTPProxyName", "127.0.0.1"),
    (_INTERNET, "ooInetHTTPProxyPort", "9"),
    (_INTERNET, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_INTERNET, "ooInetHTTPSProxyPort", "9"),
]
OPTIONS = [
    *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
    "--nofirststartwizard",
]


def program() -> str | None:
    """The converter of OFFICE_CONVERTER, or soffice where it is installed; None without one."""
    chosen = settings.OFFICE_CONVERTER
    return None if chosen == NONE else shutil.which(chosen or "soffice")


def to_pdf(source: Path, folder: Path) -> Path:
    """The PDF that LibreOffice makes of a file inside `folder`; raises Unprintable."""
    found = program()
    if found is None:
        raise Unprintable(NO_CONVERTER)
    profile, out = folder / "profile", folder / "out"
    _write_profile(profile)
    command = [found, *OPTIONS, f"-env:UserInstallation={profile.as_uri()}"]
    command += ["--convert-to", "pdf", "--outdir", str(out), str(source)]
    sandbox.run(command, folder=folder, seconds=settings.CONVERT_SECONDS, memory_mb=MEMORY_MB)
    made = out / f"{source.stem}.pdf"
    if not made.is_file():
        raise Unprintable(NOTHING_MADE)
    return made


def _write_profile(profile: Path) -> None:
    items = "".join(
        f"<item oor:path={quoteattr(path)}><prop oor:name={quoteattr(name)} oor:op='fuse'>"
        f"<value>{escape(value)}</value></prop></item>"
        for path, name, value in PROFILE
    )
    folder = profile / "user"
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/'
        'registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>'
    )
