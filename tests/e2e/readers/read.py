"""Reads pictures of QR codes, each by every reader, and prints what they read.

Takes the files' names; prints a JSON list with an object for each file, from the reader's name to the text, or to null where it
found no code or several at any size.
"""

import json
import sys

import cv2
import zxingcpp
from pyzbar import pyzbar


def only(texts):
    return texts[0] if len(texts) == 1 and texts[0] else None


def by_opencv(detector, grey):
    try:
        return detector.detectAndDecode(grey)[0] or None
    except cv2.error:
        # It found corners that can't be any.
        return None


# A camera comes nearer until a code is read. Some readers miss a code at one size and read it at the next, and which ones
# depends on every sign in it, such as the version of the tables.
SIZES = [1, 0.75, 1.5]


def read(picture):
    grey = cv2.imread(picture, cv2.IMREAD_GRAYSCALE)
    each = [read_at(cv2.resize(grey, None, fx=size, fy=size, interpolation=cv2.INTER_AREA)) for size in SIZES]
    return {reader: next((one[reader] for one in each if one[reader]), None) for reader in each[0]}


def read_at(grey):
    return {
        "ZXing": only([code.text for code in zxingcpp.read_barcodes(grey)]),
        "zbar": only([code.data.decode("utf-8", "replace") for code in pyzbar.decode(grey, [pyzbar.ZBarSymbol.QRCODE])]),
        "WeChat": only(cv2.wechat_qrcode.WeChatQRCode().detectAndDecode(grey)[0]),
        "OpenCV, by its first detector": by_opencv(cv2.QRCodeDetector(), grey),
        "OpenCV": by_opencv(cv2.QRCodeDetectorAruco(), grey),
    }


print(json.dumps([read(picture) for picture in sys.argv[1:]]))
