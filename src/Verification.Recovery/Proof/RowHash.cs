using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MySqlConnector;

namespace Verification.Recovery;

/// <summary>A digest of rows in their order: each value with its type and its length, so that no two contents read alike.</summary>
internal sealed class RowHash : IDisposable
{
    private const byte Null = 0;
    private const byte Integer = 1;
    private const byte Real = 2;
    private const byte Text = 3;
    private const byte Bytes = 4;
    private const byte Time = 5;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] head = new byte[9];

    /// <summary>Adds the row that a reader stands on.</summary>
    public void Add(MySqlDataReader row)
    {
        for (var column = 0; column < row.FieldCount; column++)
            Add(row.GetValue(column));
    }

    /// <summary>Adds a text.</summary>
    public void Add(string text) => Append(Text, Encoding.UTF8.GetBytes(text));

    /// <summary>The digest, lower-case hexadecimal. Ends it.</summary>
    public string Digits() => Convert.ToHexStringLower(hash.GetHashAndReset());

    /// <inheritdoc />
    public void Dispose() => hash.Dispose();

    /// <summary>Adds a value, as a reader gives it.</summary>
    public void Add(object value)
    {
        switch (value)
        {
            case DBNull:
                Append(Null, []);
                break;
            case byte[] bytes:
                Append(Bytes, bytes);
                break;
            case string text:
                Add(text);
                break;
            case double or float:
                Number(Real, BitConverter.DoubleToInt64Bits(Convert.ToDouble(value, CultureInfo.InvariantCulture)));
                break;
            case DateTime time:
                Number(Time, time.Ticks);
                break;
            case TimeSpan time:
                Number(Time, time.Ticks);
                break;
            case ulong number:
                Number(Integer, unchecked((long)number));
                break;
            case bool or sbyte or byte or short or ushort or int or uint or long:
                Number(Integer, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            default:
                // Decimals and what else has an exact text.
                Add(Convert.ToString(value, CultureInfo.InvariantCulture)!);
                break;
        }
    }

    private void Number(byte type, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        Append(type, bytes);
    }

    private void Append(byte type, ReadOnlySpan<byte> value)
    {
        head[0] = type;
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(1), value.Length);
        hash.AppendData(head);
        hash.AppendData(value);
    }
}
