using DiTask.Model.Data;
using DiTask.Synth.Geometry;
using DiTask.Synth.Scenes;
using DiTask.Synth.Shading;
using DiTask.Synth.Things;

namespace DiTask.Synth.Tests.Things;

public sealed class ThingTests
{
    public static TheoryData<string> Names => [.. Makers.Keys];

    private static readonly Dictionary<string, Func<Dice, Wardrobe, bool, Assembly>> Makers = new()
    {
        ["person"] = (dice, wardrobe, _) => Person.Standing(dice, wardrobe),
        ["table"] = (dice, wardrobe, heldOut) => Tables.Build(dice, wardrobe, heldOut).Table,
        ["chair"] = Seats.Chair,
        ["bench"] = Seats.Bench,
        ["sofa"] = Seats.Sofa,
        ["shelf"] = Storage.Build,
        ["lamp"] = (dice, wardrobe, heldOut) => Lamps.Standing(dice, wardrobe, heldOut, 1.6).Lamp,
        ["street lamp"] = Lamps.Street,
        ["tree"] = Trees.Tree,
        ["potted plant"] = Trees.Potted,
        ["vehicle"] = Vehicles.Build,
        ["solid"] = (dice, wardrobe, heldOut) => Solids.Any(dice, wardrobe, heldOut, 0.6),
        ["house"] = (dice, wardrobe, heldOut) => Houses.Build(dice, wardrobe, heldOut, 8, 6),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Build_EveryThing_StandsOnTheGround(string name)
    {
        Dice dice = new(new CounterRandom(1, RandomPurpose.Scene));
        for (int i = 0; i < 40; i++)
        {
            bool heldOut = i % 2 == 1;
            Assembly thing = Makers[name](dice, new Wardrobe(dice, heldOut), heldOut);

            Assert.InRange(thing.Least.Z, -0.12, 0.035);
            Assert.InRange(thing.Most.Z, 0.1, 22);
        }
    }

    [Fact]
    public void Standing_ManyPeople_HaveAllPartsAndHumanSize()
    {
        Dice dice = new(new CounterRandom(2, RandomPurpose.Scene));
        for (int i = 0; i < 50; i++)
        {
            Assembly person = Person.Standing(dice, new Wardrobe(dice, heldOut: false));

            Assert.Equal([1, 2, 3, 4, 5, 6], person.Parts.Select(part => (int)part.Part).Distinct().Order());
            double head = person.Parts.Where(part => part.Part == BodyPart.Head).Max(part => part.Frame.Origin.Z);
            Assert.InRange(head, 0.9, 2.0);
            Assert.InRange(person.Least.Z, -1e-9, 1e-9);
        }
    }
}
