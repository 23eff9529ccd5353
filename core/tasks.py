"""Background work of the ground floor: ids only, safe to run twice."""

from celery import shared_task

from core import documents


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
