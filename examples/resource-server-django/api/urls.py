from django.urls import path

from api import views

urlpatterns = [path("me", views.me), path("things", views.things)]
