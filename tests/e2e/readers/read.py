"""Reads pictures of QR codes, each by every reader, and prints what they read.

Takes the files' names; prints a JSON list with an object for each file, from the reader's name to the text, or to null where it
found no code or several.
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


def read(picture):
    grey = cv2.imread(picture, cv2.IMREAD_GRAYSCALE)
    return {
        "ZXing": only([code.text for code in zxingcpp.read_barcodes(grey)]),
        "zbar": only([code.data.decode("utf-8", "replace") for code in pyzbar.decode(grey, [pyzbar.ZBarSymbol.QRCODE])]),
        "WeChat": only(cv2.wechat_qrcode.WeChatQRCode().detectAndDecode(grey)[0]),
        "OpenCV, by its first detector": by_opencv(cv2.QRCodeDetector(), grey),
        "OpenCV": by_opencv(cv2.QRCodeDetectorAruco(), grey),
    }


print(json.dumps([read(picture) for picture in sys.argv[1:]]))
