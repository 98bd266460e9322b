"""The certificate that the public reads."""

from django.urls import path

from u2t.placement.views import proofs

urlpatterns = [
    path("<slug:round_code>/certificate", proofs.certificate, name="certificate"),
    path("<slug:round_code>/certificates/<int:number>", proofs.certificate, name="certificate"),
    path(
        "<slug:round_code>/certificates/<int:number>/certificate.json",
        proofs.certificate_file,
        name="certificate_file",
    ),
    path("<slug:round_code>/certificates/<int:number>/certificate.zip", proofs.bundle, name="bundle"),
    path("<slug:round_code>/verify_placement.py", proofs.verifier, name="verifier"),
    path("<slug:round_code>/verify_posts.py", proofs.verifier, {"half": "posts"}, name="verifier_posts"),
    path("<slug:round_code>/certificates/<int:number>/publish", proofs.publish, name="publish"),
    path("<slug:round_code>/certificates/<int:number>/withdraw", proofs.withdraw, name="withdraw"),
]
