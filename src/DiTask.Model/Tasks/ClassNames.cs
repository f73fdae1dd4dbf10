namespace DiTask.Model.Tasks;

/// <summary>Class names of the data sets, in label order and in the data sets' spelling. Reference specification 8.</summary>
internal static class ClassNames
{
    /// <summary>PASCAL VOC, 21 classes.</summary>
    public static readonly string[] Pascal =
    [
        "background", "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable", "dog", "horse",
        "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
    ];

    /// <summary>NYUD-v2, 40 classes.</summary>
    public static readonly string[] Nyud =
    [
        "wall", "floor", "cabinet", "bed", "chair", "sofa", "table", "door", "window", "bookshelf", "picture", "counter", "blinds", "desk",
        "shelves", "curtain", "dresser", "pillow", "mirror", "floor mat", "clothes", "ceiling", "books", "refridgerator", "television",
        "paper", "towel", "shower curtain", "box", "whiteboard", "person", "night stand", "toilet", "sink", "lamp", "bathtub", "bag",
        "otherstructure", "otherfurniture", "otherprop",
    ];

    /// <summary>Human parts of PASCAL, 7 classes.</summary>
    public static readonly string[] HumanParts = ["background", "head", "torso", "uarm", "larm", "uleg", "lleg"];
}
