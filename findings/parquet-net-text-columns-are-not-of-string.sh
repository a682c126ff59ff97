#!/usr/bin/env bash
# Parquet.Net 6.1.0: a column is written from strings (new DataField<string>) and read into strings (ReadAsync(field, Memory<string>)), but the field of the schema says something else:
# its ClrType is ReadOnlyMemory<char>, when it is made and when it is read back. Code that asks for typeof(string), as the documentation of older versions does, finds no text columns.
#
# Output seen:
#   made: ReadOnlyMemory`1, read back: ReadOnlyMemory`1, is string: False
#   cells read as strings: a b
#
# Exits with 1 if the type is some day string.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Parquet.Net" Version="6.1.0" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using Parquet;
using Parquet.Schema;

var field = new DataField<string>("text");
using var stream = new MemoryStream();
await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(field), stream))
{
    using ParquetRowGroupWriter rows = writer.CreateRowGroup();
    await rows.WriteAsync(field, ["a", "b"]);
}

stream.Position = 0;
await using ParquetReader reader = await ParquetReader.CreateAsync(stream);
DataField read = reader.Schema.DataFields[0];
Console.WriteLine($"made: {field.ClrType.Name}, read back: {read.ClrType.Name}, is string: {read.ClrType == typeof(string)}");
var cells = new string[2];
await reader.RowGroups[0].ReadAsync(read, cells.AsMemory());
Console.WriteLine($"cells read as strings: {string.Join(" ", cells)}");
return read.ClrType == typeof(string) ? 1 : 0;
CS
dotnet run -c Release
