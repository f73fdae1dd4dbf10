using System.Globalization;
using System.Numerics;

namespace DiTask.Model.Checkpoints.Pickle;

/// <summary>
/// Reads a pickle (protocols 0 to 5) into plain data. A global is a name; calling one makes a tensor, a dict or a storage
/// reference when the name is one of torch's few, and otherwise an inert <see cref="PickleObject"/>.
/// </summary>
/// <remarks>It never recurses, and each opcode makes at most one small object, so time and memory follow the pickle's size.</remarks>
internal sealed class PickleMachine
{
    // A checkpoint of the largest model with its optimizer takes some 60 000.
    private const int MostOperations = 1_000_000;

    private readonly PickleInput input;
    private readonly PickleStack stack;
    private readonly TorchObjects torch;

    private PickleMachine(PickleInput input)
    {
        this.input = input;
        stack = new PickleStack(input);
        torch = new TorchObjects(input);
    }

    /// <summary>The object that the pickle at the input's position holds; the input then stands behind its STOP.</summary>
    public static object? Run(PickleInput input) => new PickleMachine(input).Run();

    private object? Run()
    {
        for (int operation = 0; operation < MostOperations; operation++)
        {
            byte code = input.Byte();
            if (code == (byte)'.')
            {
                return stack.Pop();
            }

            if (!(Constant(code) || Container(code) || Memo(code) || Call(code)))
            {
                throw input.Fail("the pickle has an opcode that checkpoints do not use", "an opcode of tensors, dicts and plain values", $"0x{code:x2}");
            }
        }

        throw input.Fail("the pickle is too long", $"at most {MostOperations} operations", "more");
    }

    private bool Constant(byte code)
    {
        switch (code)
        {
            case 0x80: // PROTO
                byte protocol = input.Byte();
                if (protocol > 5)
                {
                    throw input.Fail("the pickle's protocol is unknown", "0 to 5", $"{protocol}");
                }

                return true;
            case 0x95: // FRAME: where the writer's buffers ended says nothing here
                input.Take(8);
                return true;
            case (byte)'N':
                return Push(null);
            case 0x88: // NEWTRUE
                return Push(true);
            case 0x89: // NEWFALSE
                return Push(false);
            case (byte)'J': // BININT
                return Push((long)input.Int32());
            case (byte)'K': // BININT1
                return Push((long)input.Byte());
            case (byte)'M': // BININT2
                return Push((long)input.UInt16());
            case (byte)'I':
                return IntLine(input.Line());
            case (byte)'L':
                return PushInteger(Number(input.Line().TrimEnd('L')));
            case 0x8a: // LONG1
                return PushInteger(Long(input.Byte()));
            case 0x8b: // LONG4
                return PushInteger(Long(input.UInt32()));
            case (byte)'F':
                return Push(FloatLine(input.Line()));
            case (byte)'G': // BINFLOAT
                return Push(input.DoubleBigEndian());
            case 0x8c: // SHORT_BINUNICODE
                return Push(input.Text(input.Byte()));
            case (byte)'X': // BINUNICODE
                return Push(input.Text(input.UInt32()));
            case 0x8d: // BINUNICODE8
                return Push(input.Text(input.UInt64()));
            case (byte)'V': // UNICODE; its escapes stay as they are, no key of a model has one
                return Push(input.Line());
            case (byte)'S': // STRING, quoted
                return Push(input.Line().Trim('\'', '"'));
            case (byte)'U': // SHORT_BINSTRING
                return Push(input.Latin1(input.Byte()));
            case (byte)'T': // BINSTRING
                return Push(input.Latin1(input.UInt32()));
            case (byte)'C': // SHORT_BINBYTES
                return Push(input.Take(input.Byte()).ToArray());
            case (byte)'B': // BINBYTES
                return Push(input.Take(input.UInt32()).ToArray());
            case 0x8e: // BINBYTES8
            case 0x96: // BYTEARRAY8
                return Push(input.Take(input.UInt64()).ToArray());
            default:
                return false;
        }
    }

    private bool Container(byte code)
    {
        switch (code)
        {
            case (byte)'(':
                stack.PushMark();
                return true;
            case (byte)'0': // POP
                stack.Drop();
                return true;
            case (byte)'1': // POP_MARK
                stack.PopToMark();
                return true;
            case (byte)'2': // DUP
                return Push(stack.Top);
            case (byte)')':
                return Push(PickleTuple.Empty);
            case (byte)'t':
                return Push(new PickleTuple(stack.PopToMark()));
            case 0x85: // TUPLE1 to TUPLE3
            case 0x86:
            case 0x87:
                var items = new object?[code - 0x84];
                for (int i = items.Length - 1; i >= 0; i--)
                {
                    items[i] = stack.Pop();
                }

                return Push(new PickleTuple(items));
            case (byte)']':
            case 0x8f: // EMPTY_SET; a set is read like a list
                return Push(new List<object?>());
            case (byte)'l':
            case 0x91: // FROZENSET
                return Push(stack.PopToMark());
            case (byte)'}':
                return Push(new PickleDict());
            case (byte)'d':
                var dict = new PickleDict();
                SetItems(dict, stack.PopToMark());
                return Push(dict);
            case (byte)'a': // APPEND
                object? element = stack.Pop();
                ListOf(stack.Top).Add(element);
                return true;
            case (byte)'e': // APPENDS
            case 0x90: // ADDITEMS
                List<object?> elements = stack.PopToMark();
                ListOf(stack.Top).AddRange(elements);
                return true;
            case (byte)'s': // SETITEM
                object? value = stack.Pop();
                object? key = stack.Pop();
                SetItems(stack.Top, [key, value]);
                return true;
            case (byte)'u': // SETITEMS
                List<object?> pairs = stack.PopToMark();
                SetItems(stack.Top, pairs);
                return true;
            default:
                return false;
        }
    }

    private bool Memo(byte code)
    {
        switch (code)
        {
            case (byte)'q': // BINPUT
                stack.Put(input.Byte());
                return true;
            case (byte)'r': // LONG_BINPUT
                stack.Put(input.UInt32());
                return true;
            case (byte)'p':
                stack.Put(Index(input.Line()));
                return true;
            case 0x94: // MEMOIZE
                stack.Memoize();
                return true;
            case (byte)'h': // BINGET
                return Push(stack.Get(input.Byte()));
            case (byte)'j': // LONG_BINGET
                return Push(stack.Get(input.UInt32()));
            case (byte)'g':
                return Push(stack.Get(Index(input.Line())));
            default:
                return false;
        }
    }

    private bool Call(byte code)
    {
        switch (code)
        {
            case (byte)'c': // GLOBAL
                return Push(new PickleGlobal(input.Line(), input.Line()));
            case 0x93: // STACK_GLOBAL
                string name = Expect<string>(stack.Pop(), "a global's name");
                return Push(new PickleGlobal(Expect<string>(stack.Pop(), "a global's module"), name));
            case (byte)'R': // REDUCE
            case 0x81: // NEWOBJ
                var arguments = Expect<PickleTuple>(stack.Pop(), "a tuple of arguments");
                return Push(torch.Make(Expect<PickleGlobal>(stack.Pop(), "a global"), arguments));
            case 0x92: // NEWOBJ_EX; keyword arguments are for classes that stay inert
                stack.Pop();
                goto case 0x81;
            case (byte)'i': // INST
                var type = new PickleGlobal(input.Line(), input.Line());
                return Push(torch.Make(type, new PickleTuple(stack.PopToMark())));
            case (byte)'o': // OBJ
                List<object?> call = stack.PopToMark();
                var called = Expect<PickleGlobal>(call.Count > 0 ? call[0] : null, "a global");
                return Push(torch.Make(called, new PickleTuple(call[1..])));
            case (byte)'b': // BUILD
                object? state = stack.Pop();
                Build(stack.Top, state);
                return true;
            case (byte)'Q': // BINPERSID
                return Push(torch.Storage(stack.Pop()));
            default:
                return false;
        }
    }

    private bool Push(object? value)
    {
        stack.Push(value);
        return true;
    }

    private void Build(object? target, object? state)
    {
        switch (target)
        {
            case PickleObject instance:
                instance.State = state;
                break;
            case PickleDict or TensorReference:
                break; // attributes of an OrderedDict (torch's _metadata) or of a Parameter
            default:
                throw input.Fail("the pickle is malformed", "an object that can have a state", Describe(target));
        }
    }

    private void SetItems(object? target, List<object?> pairs)
    {
        var dict = Expect<PickleDict>(target, "a dict");
        if (pairs.Count % 2 != 0)
        {
            throw input.Fail("the pickle is malformed", "keys and values in pairs", $"{pairs.Count} values");
        }

        for (int i = 0; i < pairs.Count; i += 2)
        {
            dict.Entries.Add(new(pairs[i], pairs[i + 1]));
        }
    }

    private List<object?> ListOf(object? target) => target switch
    {
        List<object?> list => list,
        PickleObject instance => instance.Elements,
        _ => throw input.Fail("the pickle is malformed", "a list", Describe(target)),
    };

    private T Expect<T>(object? value, string expected)
        where T : class =>
        value as T ?? throw input.Fail("the pickle is malformed", expected, Describe(value));

    private bool PushInteger(BigInteger value)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            return Push((long)value);
        }

        return Push(value);
    }

    private BigInteger Long(uint count)
    {
        const uint longest = 255;
        if (count > longest)
        {
            throw input.Fail("an integer is too long", $"at most {longest} bytes", $"{count}");
        }

        return new BigInteger(input.Take(count));
    }

    // Protocol 0 writes booleans as integers with two digits.
    private bool IntLine(string line) => line is "00" or "01" ? Push(line == "01") : PushInteger(Number(line));

    private BigInteger Number(string line) =>
        line.Length <= 600 && BigInteger.TryParse(line, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger value)
            ? value
            : throw input.Fail("is no integer", "decimal digits, at most 600", $"'{line}'");

    private double FloatLine(string line) =>
        double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw input.Fail("is no number", "a decimal number", $"'{line}'");

    private long Index(string line) =>
        Number(line) is var number && number >= 0 && number <= long.MaxValue ? (long)number : throw input.Fail("is no memo index", "an integer of 0 or more", $"'{line}'");

    public static string Describe(object? value) => value switch
    {
        null => "None",
        string => "a text",
        long or BigInteger => "an integer",
        bool => "a boolean",
        double => "a number",
        byte[] => "bytes",
        PickleTuple tuple => $"a tuple of {tuple.Count}",
        List<object?> list => $"a list of {list.Count}",
        PickleObject instance => $"a {instance.Type}",
        PickleDict => "a dict",
        PickleGlobal global => $"the name {global}",
        TensorReference => "a tensor",
        StorageReference => "a storage",
        _ => value.GetType().Name,
    };
}
