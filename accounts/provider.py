"""Where allauth looks for the kinds of providers that an app brings."""

from accounts.oidc.provider import Provider

provider_classes = [Provider]
