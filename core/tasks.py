"""Background work of the ground floor: ids only, safe to run twice."""

from celery import shared_task

from core import documents, renditions


@shared_task
def render_document(document_id: int) -> None:
    """Make one document; stops when it is ready or somebody else holds it."""
    document = documents.claim(document_id)
    if document is None:
        return
    try:
        documents.make(document)
    except Exception as error:
        documents.record_failure(document, error)


@shared_task(ignore_result=True, expires=60)
def sweep_documents() -> None:
    """Hand over again what a broker or a killed worker lost."""
    documents.sweep()


@shared_task
def convert_file(rendition_id: int) -> None:
    """Make the printable form of one file; stops when it is there or somebody else holds it."""
    row = renditions.claim(rendition_id)
    if row is None:
        return
    try:
        renditions.make(row)
    except Exception as error:
        renditions.record_failure(row, error)


@shared_task(ignore_result=True, expires=60)
def sweep_renditions() -> None:
    """Hand over again what a broker or a killed worker lost."""
    renditions.sweep()
