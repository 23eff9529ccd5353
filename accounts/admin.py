"""The admin of the installation: people, without a way round the second factor."""

from importlib import import_module

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.shortcuts import redirect

from accounts.domain import reset_second_factor
from accounts.models import User
from core.refusal import Refused

# Without this the admin's own sign-in page would let a password alone in.
admin.site.login = secure_admin_login(admin.site.login)
# One act, one entrance: the same page as everybody's, which forgets the trusted devices.
admin.site.password_change = lambda request, extra_context=None: redirect("account_change_password")
# They register as they are imported, which may be after this module: first that, then away.
for module in ("allauth.account.admin", "allauth.mfa.admin", "django.contrib.auth.admin"):
    import_module(module)
for model in (EmailAddress, Authenticator, Group):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People come in by invitation and stay, switched off at most: their trail names them."""

    list_display = ["email", "name", "office", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser"]
    search_fields = ["email", "name", "office"]
    ordering = ["email"]
    fields = [
        "email", "name", "office", "is_active", "is_staff", "is_superuser",
        "last_login", "date_joined",
    ]  # fmt: skip
    readonly_fields = ["email", "last_login", "date_joined"]
    actions = ["take_second_factor_away"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description="Tweede factor weghalen (wie hem kwijt is)", permissions=["change"])
    def take_second_factor_away(self, request, queryset):
        for user in queryset:
            try:
                reset_second_factor(user, by=request.user)
            except Refused as refused:
                messages.error(request, f"{user.email}: {refused}")
            else:
                messages.success(request, f"{user.email}: de tweede factor is weggehaald.")
