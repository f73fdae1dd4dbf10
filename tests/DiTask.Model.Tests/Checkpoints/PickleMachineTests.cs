using System.Numerics;
using DiTask.Model.Checkpoints;
using DiTask.Model.Checkpoints.Pickle;

namespace DiTask.Tests.Checkpoints;

public sealed class PickleMachineTests
{
    // pickle.dumps({'a': [1, -2, 300, 70000, 3.5, True, False, None, (1, 2), 'e acute', 2**70], 'b': OrderedDict(x=b'\x00\xff'), (1,): {3}}, protocol)
    [Theory]
    [InlineData("286470300a56610a70310a286c70320a49310a61492d320a61493330300a614937303030300a6146332e350a614930310a614930300a614e612849310a49320a7470330a6156e90a70340a614c313138303539313632303731373431313330333432344c0a617356620a70350a63636f6c6c656374696f6e730a4f726465726564446963740a70360a28745270370a56780a70380a635f636f646563730a656e636f64650a70390a28565c7530303030ff0a7031300a566c6174696e310a7031310a747031320a527031330a73732849310a747031340a635f5f6275696c74696e5f5f0a7365740a7031350a28286c7031360a49330a61747031370a527031380a732e")]
    [InlineData("7d71002858010000006171015d7102284b014afeffffff4d2c014a7011010047400c0000000000004930310a4930300a4e284b014b027471035802000000c3a971044c313138303539313632303731373431313330333432344c0a65580100000062710563636f6c6c656374696f6e730a4f726465726564446963740a7106295271075801000000787108635f636f646563730a656e636f64650a710928580300000000c3bf710a58060000006c6174696e31710b74710c52710d73284b0174710e635f5f6275696c74696e5f5f0a7365740a710f285d71104b0361747111527112752e")]
    [InlineData("80027d71002858010000006171015d7102284b014afeffffff4d2c014a7011010047400c00000000000088894e4b014b028671035802000000c3a971048a0900000000000000004065580100000062710563636f6c6c656374696f6e730a4f726465726564446963740a7106295271075801000000787108635f636f646563730a656e636f64650a7109580300000000c3bf710a58060000006c6174696e31710b86710c52710d734b0185710e635f5f6275696c74696e5f5f0a7365740a710f5d71104b0361857111527112752e")]
    [InlineData("80037d71002858010000006171015d7102284b014afeffffff4d2c014a7011010047400c00000000000088894e4b014b028671035802000000c3a971048a0900000000000000004065580100000062710563636f6c6c656374696f6e730a4f726465726564446963740a7106295271075801000000787108430200ff7109734b0185710a636275696c74696e730a7365740a710b5d710c4b036185710d52710e752e")]
    [InlineData("80049577000000000000007d94288c0161945d94284b014afeffffff4d2c014a7011010047400c00000000000088894e4b014b0286948c02c3a9948a09000000000000000040658c0162948c0b636f6c6c656374696f6e73948c0b4f726465726564446963749493942952948c017894430200ff94734b0185948f94284b0390752e")]
    [InlineData("80059577000000000000007d94288c0161945d94284b014afeffffff4d2c014a7011010047400c00000000000088894e4b014b0286948c02c3a9948a09000000000000000040658c0162948c0b636f6c6c656374696f6e73948c0b4f726465726564446963749493942952948c017894430200ff94734b0185948f94284b0390752e")]
    public void Run_EveryProtocol_GivesTheSameValues(string hex)
    {
        var dict = Assert.IsType<PickleDict>(HandMade.Run(Convert.FromHexString(hex)));

        var list = Assert.IsType<List<object?>>(dict.Find("a"));
        Assert.Equal([1L, -2L, 300L, 70000L, 3.5, true, false, null], list[..8]);
        Assert.Equal([1L, 2L], Assert.IsType<PickleTuple>(list[8]).Items);
        Assert.Equal("\u00e9", list[9]);
        Assert.Equal(BigInteger.Pow(2, 70), list[10]);
        Assert.Equal("x", Assert.Single(Assert.IsType<PickleDict>(dict.Find("b")).Entries).Key);
        Assert.Equal([1L], Assert.IsType<PickleTuple>(dict.Entries[2].Key).Items);
    }

    [Theory]
    [InlineData("cos\nsystem\n(Vtouch pwned\ntR.")]
    [InlineData("(Vtouch pwned\nios\nsystem\n.")]
    [InlineData("(cos\nsystem\nVtouch pwned\no.")]
    [InlineData("cos\nsystem\n(Vtouch pwned\nt\u0081.")]
    [InlineData("\u0080\u0004\u008c\u0002os\u008c\u0006system\u0093\u008c\u000btouch pwned\u0085R.")]
    [InlineData("c__builtin__\neval\n(V__import__('os').system('touch pwned')\ntR.")]
    [InlineData("cbuiltins\ngetattr\n(cos\nsystem\nVx\ntR.")]
    public void Run_CallOfAFunction_IsInertData(string pickle)
    {
        byte[] bytes = HandMade.Pickle(pickle);

        object? value = HandMade.Run(bytes);

        Assert.IsType<PickleObject>(value);
        Assert.False(File.Exists("pwned"));
    }

    [Fact]
    public void Run_UnknownClass_KeepsArgumentsStateAndItems()
    {
        byte[] bytes = HandMade.Pickle("cyacs.config\nCfgNode\n)\u0081(", HandMade.Text("A"), "K\u0001u}", HandMade.Text("__immutable__"), "\u0088sb.");

        var node = Assert.IsType<PickleObject>(HandMade.Run(bytes));

        Assert.Equal(new PickleGlobal("yacs.config", "CfgNode"), node.Type);
        Assert.Equal(1L, node.Find("A"));
        Assert.Equal(true, Assert.IsType<PickleDict>(node.State).Find("__immutable__"));
    }

    [Fact]
    public void Run_ListThatContainsItself_IsRead()
    {
        var list = Assert.IsType<List<object?>>(HandMade.Run(HandMade.Pickle("]q\u0000h\u0000a.")));

        Assert.Same(list, Assert.Single(list));
    }

    [Fact]
    public void Run_HundredThousandOpenMarks_IsRefused()
    {
        byte[] bytes = HandMade.Pickle(new string('(', 100_000), new string('l', 100_000), ".");

        CheckpointException error = Assert.Throws<CheckpointException>(() => HandMade.Run(bytes));

        HandMade.AssertTells(error, "at most 1000 open marks", "one more", file: "hand.pkl");
        Assert.Equal(1001, error.ByteOffset);
    }

    [Fact]
    public void Run_HundredThousandNestedLists_NeedsNoStack()
    {
        byte[] bytes = HandMade.Pickle(new string(']', 100_000), new string('a', 99_999), ".");

        var outer = Assert.IsType<List<object?>>(HandMade.Run(bytes));

        Assert.IsType<List<object?>>(Assert.Single(outer));
    }

    [Theory]
    [InlineData("X\u00ff\u00ff\u00ff\u00ff", "4294967295 bytes more", "0")]
    [InlineData("\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "18446744073709551615 bytes more", "0")]
    [InlineData("\u008e\u0000\u0000\u0000\u0000\u0000\u0001\u0000\u0000", "1099511627776 bytes more", "0")]
    [InlineData("\u0096\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0080", "9223372036854775808 bytes more", "0")]
    [InlineData("B\u00ff\u00ff\u00ff\u007f", "2147483647 bytes more", "0")]
    [InlineData("T\u00ff\u00ff\u00ff\u00ff", "4294967295 bytes more", "0")]
    [InlineData("\u008b\u00ff\u00ff\u00ff\u007f", "at most 255 bytes", "2147483647")]
    [InlineData("\u008b\u00ff\u00ff\u00ff\u00ff", "at most 255 bytes", "4294967295")]
    [InlineData("X\u0001\u0000\u0000\u0000\u00ff.", "UTF-8", "other bytes")]
    [InlineData("K", "1 bytes more", "0")]
    [InlineData("cos", "a line break", "none")]
    [InlineData("Inine\n.", "decimal digits", "nine")]
    [InlineData("Fx\n.", "a decimal number", "x")]
    [InlineData("h\u0007.", "a memo entry that exists", "entry 7")]
    [InlineData("j\u00ff\u00ff\u00ff\u00ff.", "a memo entry that exists", "entry 4294967295")]
    [InlineData("g-1\n.", "an integer of 0 or more", "-1")]
    [InlineData(".", "a value on its stack", "none")]
    [InlineData("(.", "a value on its stack", "none")]
    [InlineData("K\u0001(0a.", "a value on its stack", "none")]
    [InlineData("l.", "an open mark", "none")]
    [InlineData("K\u0001K\u0002a.", "a list", "an integer")]
    [InlineData("}(K\u0001u.", "keys and values in pairs", "1 values")]
    [InlineData("](K\u0001K\u0002u.", "a dict", "a list of 0")]
    [InlineData("K\u0001)R.", "a global", "an integer")]
    [InlineData("]}b.", "an object that can have a state", "a list of 0")]
    [InlineData("\u0080\u0006.", "0 to 5", "6")]
    [InlineData("\u0082\u0001.", "an opcode of tensors", "0x82")]
    [InlineData("Ppersistent\n.", "an opcode of tensors", "0x50")]
    [InlineData("K\u0001Q.", "('storage', type, key, device, elements)", "an integer")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n)R.", "(storage, offset, sizes, strides, ...)", "a tuple of 0")]
    [InlineData("ccollections\nOrderedDict\n(K\u0001tR.", "no argument or a list of pairs", "a tuple of 1")]
    public void Run_Malformed_TellsWhatWasExpected(string pickle, string expected, string found)
    {
        byte[] bytes = HandMade.Pickle(pickle);

        CheckpointException error = Assert.Throws<CheckpointException>(() => HandMade.Run(bytes));

        HandMade.AssertTells(error, expected, found, file: "hand.pkl");
        Assert.InRange(error.ByteOffset!.Value, 0, bytes.Length);
    }

    [Fact]
    public void Run_MillionsOfOperations_IsRefused()
    {
        byte[] bytes = HandMade.Pickle(string.Concat(Enumerable.Repeat("K\u00000", 600_000)), ".");

        CheckpointException error = Assert.Throws<CheckpointException>(() => HandMade.Run(bytes));

        HandMade.AssertTells(error, "at most 1000000 operations", "more", file: "hand.pkl");
    }

    [Fact]
    public void Run_HugeMemoIndex_TakesNoRoom()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        object? value = HandMade.Run(HandMade.Pickle("K\u0001r\u00fe\u00ff\u00ff\u00ff0j\u00fe\u00ff\u00ff\u00ff."));

        Assert.Equal(1L, value);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }
}
