#!/bin/sh
# Microsoft.Data.Analysis 0.23.1 with Microsoft.ML 5.0.1: a DataFrame that is used as an IDataView gives the missing values of its Single and Double columns as NaN, those
# of integer columns as 0 and of Boolean columns as false, indistinguishable from real ones. Seen, for the missing second value of four columns:
#   single NaN, double NaN, int 0, boolean False
# Exits 1 if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > finding.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.ML" Version="5.0.1" /><PackageReference Include="Microsoft.Data.Analysis" Version="0.23.1" /></ItemGroup>
</Project>
PROJECT
cat > Program.cs <<'PROGRAM'
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

IDataView view = new DataFrame(
    new SingleDataFrameColumn("single", new float?[] { 1, null, 3 }), new DoubleDataFrameColumn("double", new double?[] { 1, null, 3 }),
    new Int32DataFrameColumn("int", new int?[] { 1, null, 3 }), new BooleanDataFrameColumn("boolean", new bool?[] { true, null, true }));
float single = view.GetColumn<float>("single").ElementAt(1);
double number = view.GetColumn<double>("double").ElementAt(1);
int integer = view.GetColumn<int>("int").ElementAt(1);
bool boolean = view.GetColumn<bool>("boolean").ElementAt(1);
Console.WriteLine($"missing as seen by ML.NET: single {single}, double {number}, int {integer}, boolean {boolean}");
bool same = float.IsNaN(single) && double.IsNaN(number) && integer == 0 && !boolean;
Console.WriteLine(same ? "as described" : "CHANGED");
return same ? 0 : 1;
PROGRAM
dotnet run
