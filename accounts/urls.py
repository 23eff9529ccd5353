"""Sign-in under Dutch paths. allauth's names are kept, because its views look them up by name.

What allauth offers beyond this list (registering, managing addresses, accounts elsewhere) has no
address here, so it does not exist.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import include, path, re_path

from accounts import views

ours = [
    path("uitnodiging/<str:token>/", views.accept_invitation, name="invitation"),
    path("tweede-factor/bevestigen/", views.confirm_second_factor, name="second-factor"),
    path("mail/", views.mail_pace, name="mail-pace"),
    path("apparaten/<int:pk>/vergeten/", views.forget_device, name="device-forget"),
]

urlpatterns = [
    path("", include((ours, "accounts"))),
    path("aanmelden/", account.login, name="account_login"),
    path("afmelden/", account.logout, name="account_logout"),
    path("uitgeschakeld/", account.account_inactive, name="account_inactive"),
    path("bevestigen/", account.reauthenticate, name="account_reauthenticate"),
    path("wachtwoord/", account.password_change, name="account_change_password"),
    # Who has no password yet sets it by mail, as somebody who forgot it does.
    path("wachtwoord-instellen/", account.password_reset, name="account_set_password"),
    path("wachtwoord-vergeten/", account.password_reset, name="account_reset_password"),
    path(
        "wachtwoord-vergeten/verstuurd/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    path(
        "wachtwoord-vergeten/klaar/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^wachtwoord-vergeten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("mijn-gegevens/", views.MyAccountView.as_view(), name="mfa_index"),
    path("tweede-factor/", views.SignInCodeView.as_view(), name="mfa_authenticate"),
    path("tweede-factor/opnieuw/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("tweede-factor/instellen/", views.ActivateView.as_view(), name="mfa_activate_totp"),
    path("tweede-factor/uitzetten/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "tweede-factor/herstelcodes/",
        views.RecoveryCodesView.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "tweede-factor/herstelcodes/nieuw/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
