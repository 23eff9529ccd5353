"""One page that writes, beside the real addresses: this room has no such page of its own."""

from django.http import HttpResponse
from django.urls import path

from accounts.second_factor import second_factor_exempt
from regiovisie.urls import handler429
from regiovisie.urls import urlpatterns as real

__all__ = ["handler429", "urlpatterns"]
arrived = []


def write(request):
    if request.method == "POST":
        arrived.append((request.POST.getlist("tekst"), request.POST.get("code")))
        return HttpResponse("geschreven")
    return HttpResponse("gelezen")


@second_factor_exempt
def public(request):
    return HttpResponse("openbaar")


urlpatterns = [
    path("schrijven/", write),
    path("openbaar/", public),
    *real,
]
