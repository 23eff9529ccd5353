"""The addresses of the portal and one empty page, to measure what every page costs at least."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from regiovisie.urls import urlpatterns as portal

EMPTY = "/meten/leeg/"


@login_required
def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path(EMPTY.removeprefix("/"), empty), *portal]
