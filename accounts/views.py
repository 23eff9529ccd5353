"""Pages of signing in and of 'Mijn gegevens'. allauth's views do the work where they can."""

from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import devices, domain, notices
from accounts.forms import (
    AcceptInvitationForm,
    ActivateTOTPForm,
    ConfirmSecondFactorForm,
    MailPaceForm,
    SecondFactorForm,
)
from accounts.models import TrustedDevice
from accounts.second_factor import can_write, has_totp
from core import clock
from core.refusal import Refused

CARRY_PREFIX = "tweede-factor"
CARRY_FLAG = f"{CARRY_PREFIX}-vervolg"


class SignInCodeView(mfa_views.AuthenticateView):
    """The code while signing in; trusts the device afterwards when that was ticked."""

    def _build_forms(self) -> SecondFactorForm | None:
        self.webauthn_form = None
        data = self.request.POST if self.request.method == "POST" else None
        self.auth_form = SecondFactorForm(user=self.stage.login.user, data=data)
        return None if data is None else self.auth_form

    def form_valid(self, form: SecondFactorForm) -> HttpResponse:
        user = self.stage.login.user
        response = super().form_valid(form)
        if form.cleaned_data["trust"] and self.request.user.is_authenticated:
            devices.set_cookie(response, domain.trust_device(user, devices.label_of(self.request)))
        return response


class ActivateView(totp_views.ActivateTOTPView):
    """Setting the second factor up is itself a proof of it in this session."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        compulsory = settings.REQUIRE_SECOND_FACTOR and can_write(self.request.user)
        return context | {
            "compulsory": compulsory,
            "secret_in_groups": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        self.request.session.pop(ActivateTOTPForm.session_key, None)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return response


class RecoveryCodesView(recovery_views.ViewRecoveryCodesView):
    """Shows the codes once, and where to go on to afterwards."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        after = self.request.session.pop("accounts.after_activation", "")
        return super().get_context_data(**kwargs) | {"go_on": after or reverse("mfa_index")}


class MyAccountView(mfa_views.IndexView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context = super().get_context_data(**kwargs)
        codes = context["authenticators"].get("recovery_codes")
        return context | {
            "has_totp": has_totp(user),
            "compulsory": settings.REQUIRE_SECOND_FACTOR and can_write(user),
            "codes_left": len(codes.get_unused_codes()) if codes else 0,
            "devices": user.trusted_devices.filter(expires_at__gt=clock.now()).order_by("-pk"),
            "this_device": devices.trusted_device(self.request, user),
        }


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def confirm_second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the code in a session without it; then go on, or send the carried form on."""
    target = _safe_target(request)
    if not has_totp(request.user):
        return redirect("mfa_activate_totp")
    if request.method == "GET":
        form = ConfirmSecondFactorForm(user=request.user, prefix=CARRY_PREFIX)
        return _confirm_page(request, form, target, carried=[], replay=False)
    replay = CARRY_FLAG in request.POST
    form = ConfirmSecondFactorForm(request.POST, user=request.user, prefix=CARRY_PREFIX)
    if not form.is_valid():
        carried = _carried(request)
        return _confirm_page(request, form, target, carried=carried, replay=replay)
    form.save()
    if replay:
        # 307: the browser sends the same form, with its CSRF token, on to where it was going.
        return HttpResponseRedirect(target, preserve_request=True)
    return HttpResponseRedirect(target)


def carry_on(request: HttpRequest, target: str) -> HttpResponse:
    """The page that asks for the code and carries a refused form on in hidden fields."""
    form = ConfirmSecondFactorForm(user=request.user, prefix=CARRY_PREFIX)
    status = 200 if request.headers.get("HX-Boosted") else 403
    return _confirm_page(
        request, form, target, carried=_carried(request), replay=True, status=status
    )


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What was filled in, without the token and without the fields of the page in between."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and not name.startswith(f"{CARRY_PREFIX}-")
    ]


def _confirm_page(
    request: HttpRequest,
    form: ConfirmSecondFactorForm,
    target: str,
    *,
    carried: list[tuple[str, str]],
    replay: bool,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "target": target,
        "carried": carried,
        "carry_flag": CARRY_FLAG if replay else "",
        "files": [upload.name for upload in request.FILES.values()],
    }
    return render(request, "accounts/second_factor_confirm.html", context, status=status)


def _safe_target(request: HttpRequest) -> str:
    """Only a path of our own; anything else leads to the home page."""
    target = request.GET.get("next", "")
    local = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if local else settings.LOGIN_REDIRECT_URL


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    form = AcceptInvitationForm(request.POST if request.method == "POST" else None)
    try:
        invitation = domain.find_invitation(token)
        if form.is_valid():
            domain.accept_invitation(token, form.cleaned_data["password"])
            messages.success(request, "Uw wachtwoord is ingesteld. U kunt zich nu aanmelden.")
            return redirect("account_login")
    except Refused as refused:
        if not any(refusal.field for refusal in refused.refusals):
            context = {"reason": str(refused)}
            return render(request, "accounts/invitation_refused.html", context, status=410)
        for field, reasons in refused.as_errors().items():
            for reason in reasons:
                form.add_error(field, reason)
    return render(request, "accounts/invitation.html", {"form": form, "invited": invitation.user})


@login_required
@require_POST
def forget_device(request: HttpRequest, pk: int) -> HttpResponse:
    device = get_object_or_404(TrustedDevice, pk=pk, user=request.user)
    domain.forget_device(device, by=request.user)
    messages.success(request, f"{device.label} wordt niet meer vertrouwd.")
    return redirect("mfa_index")


@login_required
@require_http_methods(["GET", "POST"])
def mail_pace(request: HttpRequest) -> HttpResponse:
    form = MailPaceForm(request.POST or None, initial={"mail_pace": request.user.mail_pace})
    if form.is_valid():
        notices.choose_pace(request.user, form.cleaned_data["mail_pace"])
        messages.success(request, "Uw keuze voor mail is bewaard.")
        return redirect("mfa_index")
    return render(request, "accounts/mail_pace.html", {"form": form})


def too_many_attempts(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Every limit lasts equally long, so the page can name a moment that is surely late enough."""
    wait = timedelta(minutes=settings.RATE_LIMIT_MINUTES)
    context = {"minutes": settings.RATE_LIMIT_MINUTES, "again_at": clock.now() + wait}
    response = render(request, "accounts/too_many_attempts.html", context, status=429)
    response["Retry-After"] = str(int(wait.total_seconds()))
    return response
