using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MySqlConnector;

namespace Verification.Recovery;

/// <summary>A digest of rows in their order: each value with its type and its length, so that no two contents read alike.</summary>
internal sealed class RowHash : IDisposable
{
    /// <summary>How long a digest is, in bytes.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private const byte Null = 0;
    private const byte Integer = 1;
    private const byte Real = 2;
    private const byte Text = 3;
    private const byte Bytes = 4;
    private const byte Time = 5;
    private const int HeadSize = sizeof(byte) + sizeof(long);
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    // What is still to be hashed: a call for each value would take longer than the hash.
    private readonly byte[] waiting = new byte[1 << 16];
    private int used;

    /// <summary>Adds the row that a reader stands on.</summary>
    public void Add(MySqlDataReader row)
    {
        for (var column = 0; column < row.FieldCount; column++)
            Add(row.GetValue(column));
    }

    /// <summary>Adds a text.</summary>
    public void Add(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (HeadSize + most > waiting.Length)
        {
            var bytes = ArrayPool<byte>.Shared.Rent(most);
            Append(Text, bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
            ArrayPool<byte>.Shared.Return(bytes);
            return;
        }

        MakeRoom(HeadSize + most);
        var length = Encoding.UTF8.GetBytes(text, waiting.AsSpan(used + HeadSize));
        Head(Text, length);
        used += length;
    }

    /// <summary>The digest, lower-case hexadecimal; what comes after it belongs to another one.</summary>
    public string Digits()
    {
        Span<byte> digest = stackalloc byte[Size];
        Take(digest);
        return Convert.ToHexStringLower(digest);
    }

    /// <summary>The digest; what comes after it belongs to another one.</summary>
    /// <param name="digest">Where it goes, <see cref="Size"/> bytes.</param>
    public void Take(Span<byte> digest)
    {
        Hash();
        hash.GetHashAndReset(digest);
    }

    /// <inheritdoc />
    public void Dispose() => hash.Dispose();

    /// <summary>Adds a value, as a reader gives it.</summary>
    /// <exception cref="NotSupportedException">A value of its type is not known: it would be taken for another.</exception>
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
            case double real:
                Number(Real, BitConverter.DoubleToInt64Bits(real));
                break;
            case DateTime time:
                Number(Time, time.Ticks);
                break;
            case MySqlDateTime { IsValidDateTime: true } time:
                Number(Time, time.GetDateTime().Ticks);
                break;
            case MySqlDateTime time:
                // A date of zeros, or of the 30th of February.
                Add($"{time.Year}-{time.Month}-{time.Day} {time.Hour}:{time.Minute}:{time.Second}.{time.Microsecond}");
                break;
            case TimeSpan time:
                Number(Time, time.Ticks);
                break;
            case ulong number:
                Number(Integer, unchecked((long)number));
                break;
            case bool or sbyte or byte or short or ushort or int or uint or long:
                Number(Integer, Convert.ToInt64(value));
                break;
            default:
                throw new NotSupportedException($"A value of the type {value.GetType().Name} has no digest.");
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
        MakeRoom(HeadSize);
        Head(type, value.Length);
        MakeRoom(value.Length);
        if (value.Length > waiting.Length)
        {
            hash.AppendData(value);
            return;
        }

        value.CopyTo(waiting.AsSpan(used));
        used += value.Length;
    }

    private void Head(byte type, long length)
    {
        waiting[used] = type;
        BinaryPrimitives.WriteInt64LittleEndian(waiting.AsSpan(used + sizeof(byte)), length);
        used += HeadSize;
    }

    private void MakeRoom(int size)
    {
        if (size > waiting.Length - used)
            Hash();
    }

    private void Hash()
    {
        hash.AppendData(waiting.AsSpan(0, used));
        used = 0;
    }
}
