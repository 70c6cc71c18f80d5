from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.urls import path


def guests(request):
    """Counts guests."""
    request.session["seen"] = True
    request.session.save()
    return HttpResponse(f"guests: {Session.objects.count() > 0}")


urlpatterns = [path("guests", guests)]
