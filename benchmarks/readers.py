"""What other readers read of the pictures in a folder. Run by peers.py in their environment; knows nothing of ours."""

import json
import sys
from pathlib import Path

import cv2  # type: ignore[import-not-found]
import numpy as np
from PIL import Image
from pyzbar import pyzbar  # type: ignore[import-not-found]


def main() -> None:
    folder = Path(sys.argv[1])
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    read = {"pyzbar": 0, "opencv": 0}
    for name, text in truth.items():
        picture = np.asarray(Image.open(folder / name).convert("L"))
        found = pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])
        read["pyzbar"] += text in [one.data.decode() for one in found]
        read["opencv"] += cv2.QRCodeDetector().detectAndDecode(picture)[0] == text
    print(json.dumps(read))


if __name__ == "__main__":
    main()
