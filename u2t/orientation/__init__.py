"""Orientation and skills (ปฐมนิเทศและทักษะ): sessions, attendance that works without a network, certificates.

A *session* (ช่วงอบรม) has a place, a time and room for so many. A worker's *pass* (บัตรประจำตัวปฐมนิเทศ) is a QR code;
*scans* are what devices saw, merged later with nothing lost or doubled; attendance is derived from them. A
*certificate* (วุฒิบัตร) has a number and a seal that anybody can verify.
"""
