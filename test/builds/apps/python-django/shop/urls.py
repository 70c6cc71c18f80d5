from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.urls import path


def visits(request):
    """Counts visits."""
    request.session["visits"] = 1
    request.session.save()
    return HttpResponse(f"sessions: {Session.objects.count() > 0}")


urlpatterns = [path("visits", visits)]
